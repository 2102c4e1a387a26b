{{/* Shared pieces. Names are fixed (`faibric-<component>`), so only labels, security and addresses live here. */}}

{{/* Labels of every object. Call with (dict "root" $ "component" "api"). */}}
{{- define "faibric.labels" -}}
{{ include "faibric.selector" . }}
app.kubernetes.io/part-of: faibric
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* Labels that select a component's pods; never change once released. */}}
{{- define "faibric.selector" -}}
app.kubernetes.io/name: faibric
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Pod settings of the restricted standard. Call with (dict "root" $ "uid" 10001 "token" true). */}}
{{- define "faibric.pod" -}}
enableServiceLinks: false
automountServiceAccountToken: {{ .token | default false }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .uid }}
  runAsGroup: {{ .uid }}
  fsGroup: {{ .uid }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{/* Scheduling of a component. Call with its values. */}}
{{- define "faibric.scheduling" -}}
{{- with .nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "faibric.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* Names of Secrets: the chart's own or the user's. */}}
{{- define "faibric.proxySecret" -}}{{ .Values.proxy.existingSecret | default "faibric-proxy" }}{{- end }}
{{- define "faibric.setupSecret" -}}{{ .Values.auth.setup.existingSecret | default "faibric-setup" }}{{- end }}
{{- define "faibric.visitorsSecret" -}}{{ .Values.visitors.existingSecret | default "faibric-visitors" }}{{- end }}
{{- define "faibric.postgresSecret" -}}{{ .Values.postgres.existingSecret | default "faibric-postgres" }}{{- end }}
{{- define "faibric.redisSecret" -}}{{ .Values.redis.existingSecret | default "faibric-redis" }}{{- end }}

{{/*
A random password that stays: the one in the cluster when there is one. Made once per rendering, so that two
templates that ask for it get the same. Call with (dict "root" $ "secret" name "key" key).
*/}}
{{- define "faibric.stablePassword" -}}
{{- $cache := index .root.Values "__passwords" | default dict -}}
{{- $id := printf "%s/%s" .secret .key -}}
{{- if not (hasKey $cache $id) -}}
  {{- $known := dig "data" .key "" (lookup "v1" "Secret" .root.Release.Namespace .secret | default dict) -}}
  {{- $_ := set $cache $id (ternary ($known | b64dec) (randAlphaNum 40) (ne $known "")) -}}
  {{- $_ := set .root.Values "__passwords" $cache -}}
{{- end -}}
{{- get $cache $id -}}
{{- end }}

{{/* Digest of a Secret that others keep: pods that read it at their start start again when it changes. */}}
{{- define "faibric.secretChecksum" -}}
{{- dig "data" dict (lookup "v1" "Secret" .root.Release.Namespace .secret | default dict) | toJson | sha256sum -}}
{{- end }}

{{/* host[:port] of the dashboard and of the apps' domain, as a browser writes it. */}}
{{- define "faibric.publicHost" -}}
{{ .Values.domain }}{{ if ne (int .Values.publicPort) 80 }}:{{ .Values.publicPort }}{{ end }}
{{- end }}

{{- define "faibric.pushPrefix" -}}
{{- if .Values.registry.enabled -}}
faibric-registry.{{ .Release.Namespace }}:5000/faibric-apps
{{- else -}}
{{ required "set externalRegistry.pushPrefix when registry.enabled is false" .Values.externalRegistry.pushPrefix }}
{{- end -}}
{{- end }}

{{- define "faibric.pullPrefix" -}}
{{- if .Values.registry.enabled -}}
localhost:{{ .Values.registry.nodePort }}/faibric-apps
{{- else -}}
{{ .Values.externalRegistry.pullPrefix | default (include "faibric.pushPrefix" .) }}
{{- end -}}
{{- end }}

{{- define "faibric.registryInsecure" -}}
{{- or .Values.registry.enabled .Values.externalRegistry.insecure -}}
{{- end }}

{{- define "faibric.buildkitAddress" -}}
{{- if .Values.buildkit.enabled -}}
tcp://faibric-buildkit.{{ .Values.buildkit.namespace }}:1234
{{- else -}}
{{ required "set externalBuildkit.address when buildkit.enabled is false" .Values.externalBuildkit.address }}
{{- end -}}
{{- end }}

{{/* Secret with BuildKit's client certificate; empty means no TLS. */}}
{{- define "faibric.buildkitTls" -}}
{{- ternary "faibric-buildkit-client" .Values.externalBuildkit.tlsSecret .Values.buildkit.enabled -}}
{{- end }}

{{- define "faibric.traefikAddress" -}}
{{- if .Values.traefik.enabled -}}
http://faibric-traefik.{{ .Release.Namespace }}
{{- else -}}
{{ required "set externalTraefik.address when traefik.enabled is false" .Values.externalTraefik.address }}
{{- end -}}
{{- end }}

{{- define "faibric.traefikNamespace" -}}
{{- ternary .Release.Namespace .Values.externalTraefik.namespace .Values.traefik.enabled -}}
{{- end }}

{{- define "faibric.proxyMiddleware" -}}
{{- if .Values.traefik.enabled -}}
faibric-proxy@file
{{- else -}}
{{ .Values.externalTraefik.proxyMiddleware | default (printf "%s-faibric-proxy@kubernetescrd" .Values.apps.namespace) }}
{{- end -}}
{{- end }}

{{/* DNS of the cluster, for network policies. */}}
{{- define "faibric.dnsEgress" -}}
- to:
    - namespaceSelector: {}
      podSelector: { matchLabels: { k8s-app: kube-dns } }
  ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end }}

{{/* The API server has no pods to select: its ports, anywhere. */}}
{{- define "faibric.apiServerEgress" -}}
- ports: [{ port: 443, protocol: TCP }, { port: 6443, protocol: TCP }]
{{- end }}

{{/*
How an app's route names the API. `faibric-api@file` is a service of Traefik's own file provider: so the bundled Traefik
watches nothing but the apps' namespace, sees no Secret of ours and allows no reference from one namespace to another.
A Traefik that is not ours is given the Service's name, and has to allow that reference.
*/}}
{{- define "faibric.apiService" -}}
{{- ternary "faibric-api@file" "faibric-api" .Values.traefik.enabled -}}
{{- end }}

{{/* The gateway's services: the user's, over the sample upstreams when those are asked for. */}}
{{- define "faibric.gatewayServices" -}}
{{- $services := dict -}}
{{- if .Values.gateway.sampleData -}}
  {{- range $name := list "yahoo_finance" "coingecko" "openweather" "exchangerate" "open-meteo" "open-meteo-geocoding" -}}
    {{- $_ := set $services $name (dict "baseUrl" "http://faibric-sample-upstreams:8081" "allowPrivate" true "requireKey" false) -}}
  {{- end -}}
{{- end -}}
{{- mergeOverwrite $services (deepCopy .Values.gateway.services) | toYaml -}}
{{- end }}
