package dev.sluice.kubetest.junit;

import io.kubernetes.client.openapi.ApiClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Injects the API into tests, and keeps its logs when a test fails. */
record ApiParameters(KubernetesApi api) implements ParameterResolver, TestWatcher {

    /** Scopes a constructor's namespace to the test that the instance is created for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KubernetesApi.class
                || type == ApiClient.class
                || (type == String.class && parameter.isAnnotated(TestNamespace.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == KubernetesApi.class) {
            return api;
        }
        if (type == ApiClient.class) {
            return api.newClient();
        }
        return context.getStore(Namespace.create(ApiParameters.class, context.getUniqueId()))
                .computeIfAbsent(OwnNamespace.class, key -> OwnNamespace.create(api.newClient()), OwnNamespace.class)
                .name();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        api.keepLogs();
    }
}
