package dev.sluice.kubetest.junit;

import java.util.List;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.Extension;

/** One execution of a test class on one API. */
record ApiInvocation(KubernetesApi api) implements ClassTemplateInvocationContext {

    @Override
    public String getDisplayName(int invocationIndex) {
        return "on " + api.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(new ApiParameters(api));
    }
}
