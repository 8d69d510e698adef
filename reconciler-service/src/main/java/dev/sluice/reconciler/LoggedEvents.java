package dev.sluice.reconciler;

import dev.sluice.reconciler.generator.GeneratorEvents;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import java.util.Map;
import org.springframework.stereotype.Component;

/** temporary */
@Component
class LoggedEvents implements GeneratorEvents {
    @Override
    public void warning(ArtifactGenerator generator, String reason, String message) {}

    @Override
    public void normal(ArtifactGenerator generator, String reason, String message, Map<String, String> metadata) {}

    @Override
    public void trace(ArtifactGenerator generator, String reason, String message) {}
}
