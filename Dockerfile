# syntax=docker/dockerfile:1
# Both images of Sluice:
#
#   docker build --target reconciler-service      -t sluice/reconciler-service .
#   docker build --target artifact-server-service -t sluice/artifact-server-service .
#
# deploy/image-layout builds the content of the images. It runs without Docker too, so the tests run the same content.
# AOT caches are specific to a processor architecture: for several platforms, build on each of them.

ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
# glibc, time zones and certificate authorities; no shell, no package manager
ARG BASE_IMAGE=gcr.io/distroless/base-nossl-debian12

FROM ${BUILD_IMAGE} AS build
WORKDIR /sluice
COPY . .
# modification time of files in the images; the default is that of the project's jars
ARG SOURCE_DATE_EPOCH=1793491200
# the version that the services log and report; also that of the labels below
ARG VERSION=0.1.0
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp "-Drevision=${VERSION}" -Dfast -DskipTests -Dmaven.source.skip -Psbom -pl reconciler-service,artifact-server-service,dev/launcher -am package \
    && deploy/image-layout /layout \
    && mkdir /layout/data

FROM ${BASE_IMAGE} AS base
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.vendor="Sluice" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# UTF-8 file names: the base image has no locale; and fewer malloc arenas to save memory
COPY --from=build /usr/lib/locale/C.utf8/ /usr/lib/locale/C.utf8/
ENV LANG=C.UTF-8 MALLOC_ARENA_MAX=2
COPY --from=build /layout/java/ /opt/java/
# a named volume inherits the owner of the directory in the image
COPY --from=build --chown=65534:65534 /layout/data/ /data/
USER 65534:65534
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/app/app.aot", "@/app/jvm.options", "-jar", "/app/app.jar"]

FROM base AS reconciler-service
LABEL org.opencontainers.image.title="Sluice reconciler" \
      org.opencontainers.image.description="Builds artifacts from ArtifactGenerators and publishes ExternalArtifacts"
EXPOSE 8080 9440
COPY --from=build /layout/layers/reconciler-service/dependencies/ /app/
COPY --from=build /layout/layers/reconciler-service/application/ /app/
COPY --from=build /layout/layers/reconciler-service/aot/ /app/

FROM base AS artifact-server-service
LABEL org.opencontainers.image.title="Sluice artifact server" \
      org.opencontainers.image.description="Serves the artifacts of a Sluice volume over HTTP, read-only"
EXPOSE 8080 9090
COPY --from=build /layout/layers/artifact-server-service/dependencies/ /app/
COPY --from=build /layout/layers/artifact-server-service/application/ /app/
COPY --from=build /layout/layers/artifact-server-service/aot/ /app/
