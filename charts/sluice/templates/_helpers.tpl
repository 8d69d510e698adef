{{- define "sluice.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "sluice.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "sluice.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "sluice.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Selector labels; they must never change within a release. */}}
{{- define "sluice.selector" -}}
app.kubernetes.io/name: {{ include "sluice.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: flux
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* dict: root, component */}}
{{- define "sluice.podLabels" -}}
{{ include "sluice.selector" .root }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: flux
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "sluice.serviceAccountName" -}}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}

{{/* dict: root, values of the service, key of these values */}}
{{- define "sluice.image" -}}
{{- $image := required (printf "%s.image is not set: no public registry has the image; build it, push it to a registry of yours, and set its name (docs/deploy.md, Images)" .key) .service.image -}}
{{- if .service.digest -}}
{{ $image }}@{{ .service.digest }}
{{- else -}}
{{ $image }}:{{ default .root.Chart.AppVersion .service.tag }}
{{- end -}}
{{- end }}

{{- define "sluice.claimName" -}}
{{- default (printf "%s-artifacts" (include "sluice.fullname" .)) .Values.persistence.existingClaim }}
{{- end }}

{{/* The name of the claim as a label value, for the affinity of pods that must run on its node. */}}
{{- define "sluice.volumeLabel" -}}
{{- include "sluice.claimName" . | trunc 63 | trimAll "-." }}
{{- end }}

{{/* Whether all pods must run on one node. */}}
{{- define "sluice.oneNode" -}}
{{- if and .Values.persistence.enabled (eq .Values.persistence.accessMode "ReadWriteOnce") }}true{{ end }}
{{- end }}

{{/* Not empty if peers can connect to the console. */}}
{{- define "sluice.consoleIsOpen" -}}
{{- with .Values.console }}{{ if and .enabled .from }}true{{ end }}{{ end }}
{{- end -}}

{{/* Whether both containers run in one pod, which an emptyDir requires. */}}
{{- define "sluice.onePod" -}}
{{- if not .Values.persistence.enabled }}true{{ end }}
{{- end }}

{{/* The component whose pods serve artifacts. */}}
{{- define "sluice.servingComponent" -}}
{{- if include "sluice.onePod" . }}reconciler{{ else }}artifact-server{{ end }}
{{- end }}

{{/* The URL for consumers. The trailing dot avoids lookups in the search domains; TLS certificates do not name it. dict: root, namespace */}}
{{- define "sluice.url" -}}
{{- $host := printf "%s.%s.svc.%s" .root.Values.artifactServer.service.name .namespace .root.Values.clusterDomain -}}
{{- if .root.Values.tls.serverSecret }}https://{{ $host }}{{ else }}http://{{ $host }}.{{ end -}}
{{- end }}

{{/* The volume of a Secret, with only the given keys. dict: name, secret, keys */}}
{{- define "sluice.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .secret }}
    items:
      {{- range .keys }}
      - {key: {{ . }}, path: {{ . }}}
      {{- end }}
{{- end }}

{{/* The volumes of the reconciler's or helm test's certificates. */}}
{{- define "sluice.clientTlsVolumes" -}}
{{- with .Values.tls.caSecret }}
{{ include "sluice.secretVolume" (dict "name" "tls-ca" "secret" . "keys" (list "ca.crt")) }}
{{- end }}
{{- with .Values.tls.clientSecret }}
{{ include "sluice.secretVolume" (dict "name" "tls-client" "secret" . "keys" (list "tls.crt" "tls.key")) }}
{{- end }}
{{- end }}

{{- define "sluice.clientTlsMounts" -}}
{{- if .Values.tls.caSecret }}
- {name: tls-ca, mountPath: /tls/ca, readOnly: true}
{{- end }}
{{- if .Values.tls.clientSecret }}
- {name: tls-client, mountPath: /tls/client, readOnly: true}
{{- end }}
{{- end }}

{{/* The volume of the artifact server's certificate. */}}
{{- define "sluice.serverTlsVolume" -}}
{{- with .Values.tls.serverSecret }}
{{- $keys := list "tls.crt" "tls.key" }}
{{- if $.Values.tls.clientCertificates }}{{ $keys = append $keys "ca.crt" }}{{ end }}
{{ include "sluice.secretVolume" (dict "name" "tls-server" "secret" . "keys" $keys) }}
{{- end }}
{{- end }}

{{/* Whether the artifact servers serve TLS with an SVID. */}}
{{- define "sluice.spiffeServer" -}}
{{- if .Values.spiffe.authorizedArtifactClients }}true{{ end }}
{{- end }}

{{/* Whether the artifact servers serve TLS. */}}
{{- define "sluice.tlsServer" -}}
{{- if or .Values.tls.serverSecret (include "sluice.spiffeServer" .) }}true{{ end }}
{{- end }}

{{/* Whether a second container of each pod serves plain HTTP beside TLS. */}}
{{- define "sluice.alsoPlain" -}}
{{- if and .Values.artifactServer.alsoPlain (include "sluice.tlsServer" .) }}true{{ end }}
{{- end }}

{{/* Whether the reconciler connects with an SVID. */}}
{{- define "sluice.spiffeClient" -}}
{{- if or .Values.spiffe.authorizedArtifactServers .Values.spiffe.authorizedEventServers }}true{{ end }}
{{- end }}

{{/* The volume with the socket of the Workload API. */}}
{{- define "sluice.spiffeVolume" -}}
- name: spiffe-workload-api
  csi:
    driver: {{ .Values.spiffe.csiDriver }}
    readOnly: true
{{- end }}

{{- define "sluice.spiffeMount" -}}
- {name: spiffe-workload-api, mountPath: /spiffe-workload-api, readOnly: true}
{{- end }}

{{- define "sluice.spiffeEnv" -}}
- {name: SPIFFE_ENDPOINT_SOCKET, value: {{ .Values.spiffe.endpointSocket | quote }}}
{{- end }}

{{/* The JVM of the image, with options that override those of the image. */}}
{{- define "sluice.command" -}}
{{- with .jvmArgs }}
command:
  - /opt/java/bin/java
  - -XX:AOTCache=/app/app.aot
  - "@/app/jvm.options"
  {{- range . }}
  - {{ . | quote }}
  {{- end }}
  - -jar
  - /app/app.jar
{{- end }}
{{- end }}

{{/* Scheduling of a pod. dict: root, service, component */}}
{{- define "sluice.scheduling" -}}
{{- $oneNode := include "sluice.oneNode" .root -}}
{{- $node := .root.Values.persistence.node -}}
{{- if and $oneNode $node }}
nodeSelector:
  {{- toYaml (merge (dict "kubernetes.io/hostname" $node) .service.nodeSelector) | nindent 2 }}
{{- else if .service.nodeSelector }}
nodeSelector:
  {{- toYaml .service.nodeSelector | nindent 2 }}
{{- end }}
{{- with .service.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $affinity := deepCopy (default (dict) .service.affinity) }}
{{- if and $oneNode (not $node) }}
{{- $together := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (dict "sluice.dev/volume" (include "sluice.volumeLabel" .root))) }}
{{- $pods := default (dict) $affinity.podAffinity }}
{{- $required := append (default (list) $pods.requiredDuringSchedulingIgnoredDuringExecution) $together }}
{{- $_ := set $affinity "podAffinity" (set $pods "requiredDuringSchedulingIgnoredDuringExecution" $required) }}
{{- end }}
{{- $spread := not (or .service.topologySpreadConstraints $oneNode (include "sluice.onePod" .root)) }}
{{- $mine := merge (fromYaml (include "sluice.selector" .root)) (dict "app.kubernetes.io/component" .component) }}
{{- /* not a constraint: the scheduler ignores all constraints on nodes that lack the key of one of them */}}
{{- if $spread }}
{{- $apart := dict "weight" 50 "podAffinityTerm" (dict "topologyKey" "topology.kubernetes.io/zone" "labelSelector" (dict "matchLabels" $mine)) }}
{{- $pods := default (dict) $affinity.podAntiAffinity }}
{{- $preferred := append (default (list) $pods.preferredDuringSchedulingIgnoredDuringExecution) $apart }}
{{- $_ := set $affinity "podAntiAffinity" (set $pods "preferredDuringSchedulingIgnoredDuringExecution" $preferred) }}
{{- end }}
{{- with $affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .service.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- toYaml .service.topologySpreadConstraints | nindent 2 }}
{{- else if $spread }}
topologySpreadConstraints:
  - topologyKey: kubernetes.io/hostname
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    # does not count the pods that a roll-out replaces: the new ones would all go to other nodes
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- toYaml $mine | nindent 8 }}
{{- end }}
{{- with .service.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* An artifact server's container. dict: root, name, port (9091: plain HTTP beside TLS), managementPort, managementPortName, tmpVolume */}}
{{- define "sluice.serverContainer" -}}
{{- $v := .root.Values.artifactServer -}}
name: {{ .name }}
image: {{ include "sluice.image" (dict "root" .root "service" $v "key" "artifactServer") | quote }}
imagePullPolicy: {{ $v.imagePullPolicy }}
{{- /* with TLS, the server accepts a connection for each 200 KB of heap */}}
{{- $tls := ternary (dict) .root.Values.tls (eq .port 9091) }}
{{- $spiffe := ternary "" (include "sluice.spiffeServer" .root) (eq .port 9091) }}
{{- include "sluice.command" (dict "jvmArgs" (default (ternary (list "-Xmx200m") (list) (or (not (empty $tls.serverSecret)) (eq $spiffe "true"))) $v.jvmArgs)) }}
args:
  - --storage-path=/data
  - --storage-addr=:{{ .port }}
  {{- if $tls.serverSecret }}
  - --tls-cert-file=/tls/server/tls.crt
  - --tls-private-key-file=/tls/server/tls.key
  {{- if $tls.clientCertificates }}
  - --client-ca-file=/tls/server/ca.crt
  {{- end }}
  {{- end }}
  {{- if $spiffe }}
  {{- range .root.Values.spiffe.authorizedArtifactClients }}
  - --authorized-artifact-client-spiffe-id={{ . }}
  {{- end }}
  {{- end }}
  - --management-addr=:{{ .managementPort }}
  - --log-level={{ .root.Values.logLevel }}
  - --log-encoding=json
  {{- range $v.extraArgs }}
  - {{ . | quote }}
  {{- end }}
{{- if or $spiffe $v.extraEnv }}
env:
  {{- if $spiffe }}
  {{- include "sluice.spiffeEnv" .root | nindent 2 }}
  {{- end }}
  {{- with $v.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
ports:
  {{- /* the Service finds the port of its protocol in pods of any values, also during a roll-out */}}
  - {name: {{ ternary "https" "http" (or (not (empty $tls.serverSecret)) (eq $spiffe "true")) }}, containerPort: {{ .port }}, protocol: TCP}
  - {name: {{ .managementPortName }}, containerPort: {{ .managementPort }}, protocol: TCP}
startupProbe:
  httpGet: {path: /healthz, port: {{ .managementPortName }}}
  periodSeconds: 1
  timeoutSeconds: 5
  failureThreshold: 120
livenessProbe:
  httpGet: {path: /healthz, port: {{ .managementPortName }}}
  timeoutSeconds: 5
# A frozen server keeps its connections, but gets no new ones after about seven seconds.
readinessProbe:
  httpGet: {path: /readyz, port: {{ .managementPortName }}}
  periodSeconds: 2
  timeoutSeconds: 2
{{- if semverCompare ">=1.30.0-0" .root.Capabilities.KubeVersion.Version }}
# Nodes use an endpoint for some time after its removal: 4 seconds were seen with fully used processors.
lifecycle:
  preStop:
    sleep:
      seconds: 5
{{- end }}
resources:
  {{- toYaml $v.resources | nindent 2 }}
securityContext:
  {{- toYaml .root.Values.securityContext | nindent 2 }}
volumeMounts:
  - {name: data, mountPath: /data, readOnly: true}
  - {name: {{ .tmpVolume }}, mountPath: /tmp}
  {{- if $tls.serverSecret }}
  - {name: tls-server, mountPath: /tls/server, readOnly: true}
  {{- end }}
  {{- if $spiffe }}
  {{- include "sluice.spiffeMount" .root | nindent 2 }}
  {{- end }}
{{- end }}
