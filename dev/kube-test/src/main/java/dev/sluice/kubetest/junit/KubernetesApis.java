package dev.sluice.kubetest.junit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/** Runs a class with {@link KubernetesTest} once for each requested API that is available. */
final class KubernetesApis implements ClassTemplateInvocationContextProvider {

    private static final Namespace NAMESPACE = Namespace.create(KubernetesApis.class);

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(KubernetesTest.class);
    }

    /** A class that requests only the real API does not run if there is none. */
    @Override
    public boolean mayReturnZeroClassTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        SharedApis apis = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(SharedApis.class, key -> new SharedApis(), SharedApis.class);
        Class<?> test = context.getRequiredTestClass();
        List<TestedApi> wanted = wanted(test).toList();
        boolean oneIsEnough = test.getAnnotation(KubernetesTest.class).firstAvailable();
        if (!oneIsEnough) {
            wanted.stream().skip(1).forEach(apis::announce);
        }
        return wanted.stream()
                .flatMap(kind -> apis.get(kind).stream())
                .limit(oneIsEnough ? 1 : Long.MAX_VALUE)
                .map(ApiInvocation::new);
    }

    private static Stream<TestedApi> wanted(Class<?> test) {
        String given = System.getProperty(KubernetesTest.APIS_PROPERTY, "");
        if (given.isBlank()) {
            return Arrays.stream(test.getAnnotation(KubernetesTest.class).value());
        }
        return Arrays.stream(given.split(",", -1)).map(name -> TestedApi.valueOf(name.trim()));
    }
}
