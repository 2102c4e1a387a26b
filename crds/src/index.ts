// The public entry of @faibric/crds.
