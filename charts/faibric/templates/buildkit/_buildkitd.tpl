{{/*
BuildKit's settings. No entitlements, and no gateway frontend: a `# syntax=` line in a Dockerfile would otherwise run
an image of somebody's choosing.
*/}}
{{- define "faibric.buildkitd" -}}
root = "/var/lib/buildkit"
insecure-entitlements = []

[log]
  format = "json"

[grpc]
  address = ["tcp://0.0.0.0:1234", "unix:///run/buildkit/buildkitd.sock"]
  [grpc.tls]
    ca = "/etc/faibric/buildkit-tls/ca.pem"
    cert = "/etc/faibric/buildkit-tls/cert.pem"
    key = "/etc/faibric/buildkit-tls/key.pem"

[worker.oci]
  enabled = true
  gc = true
  max-parallelism = {{ .Values.operator.buildConcurrency }}
  [[worker.oci.gcpolicy]]
    all = true
    maxUsedSpace = {{ .Values.buildkit.cacheSize | quote }}
    minFreeSpace = "5%"

[worker.containerd]
  enabled = false

[history]
  maxAge = "24h"
  maxEntries = 50

[frontend."dockerfile.v0"]
  enabled = true
[frontend."gateway.v0"]
  enabled = false
{{- if .Values.registryMirror.host }}
{{- range list "docker.io" "ghcr.io" "quay.io" }}

[registry.{{ . | quote }}]
  mirrors = [{{ $.Values.registryMirror.host | quote }}]
{{- end }}
{{- end }}
{{- range $host := include "faibric.plainRegistries" . | splitList " " | compact | uniq }}

[registry.{{ $host | quote }}]
  http = true
{{- end }}
{{- end }}

{{/* Registries that speak plain http: where apps are pushed to, and the mirror. */}}
{{- define "faibric.plainRegistries" -}}
{{- if eq (include "faibric.registryInsecure" .) "true" }}{{ include "faibric.pushPrefix" . | splitList "/" | first }}{{ end }}
{{- if and .Values.registryMirror.host .Values.registryMirror.insecure }} {{ .Values.registryMirror.host }}{{ end }}
{{- end }}
