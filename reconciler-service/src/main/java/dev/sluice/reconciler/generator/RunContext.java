package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.MDC;

/** What every log line of a run carries; the one place where it is set and cleared. */
record RunContext(ObjectKey key, Map<String, String> fields) implements AutoCloseable {

    static RunContext open(ObjectKey key) {
        ApiKind kind = ArtifactGenerator.TYPE.kind();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("controller", "artifactgenerator");
        fields.put("controllerGroup", kind.group());
        fields.put("controllerKind", kind.kind());
        fields.put("ArtifactGenerator.name", key.name());
        fields.put("ArtifactGenerator.namespace", key.namespace());
        fields.put("namespace", key.namespace());
        fields.put("name", key.name());
        fields.put("reconcileID", UUID.randomUUID().toString());
        fields.forEach(MDC::put);
        return new RunContext(key, fields);
    }

    @Override
    public void close() {
        fields.keySet().forEach(MDC::remove);
    }
}
