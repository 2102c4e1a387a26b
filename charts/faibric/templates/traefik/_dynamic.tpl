{{/*
What Traefik knows without the cluster: the dashboard's route, the API as a service, and the middleware that vouches
for a request. The file is a template of Traefik's own, so that the secret stays out of it (`{{ env ... }}`).
Setting a header to nothing removes it: a client cannot bring these headers along.
*/}}
{{- define "faibric.traefikDynamic" -}}
http:
  routers:
    faibric-dashboard:
      entryPoints: [web]
      rule: Host(`faibric.{{ .Values.domain }}`)
      service: faibric-api
      middlewares: [faibric-dashboard, faibric-proxy]
  services:
    faibric-api:
      loadBalancer:
        servers:
          - url: http://faibric-api.{{ .Release.Namespace }}:80
  middlewares:
    faibric-dashboard:
      headers:
        customRequestHeaders:
          X-Faibric-App: ""
    faibric-proxy:
      headers:
        customRequestHeaders:
          X-Faibric-Proxy: {{ "{{ env \"FAIBRIC_PROXY_SECRET\" | quote }}" }}
          Forwarded: ""
{{- end }}
