package dev.sluice.kubetest.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs every test of the class once on each available Kubernetes API: always on the in-memory one, and on a real one if
 * there is one. The real API is the cluster in the kubeconfig of {@code -Dsluice.test.kubeconfig}, or else the binaries
 * in {@code KUBEBUILDER_ASSETS}. Each API is started once and shared by all classes of the JVM. If there is no real
 * API, one line on standard output says so.
 *
 * <p>Constructors and methods can take a {@link KubernetesApi}, an {@link io.kubernetes.client.openapi.ApiClient} of
 * their own, and a {@code String} annotated with {@link TestNamespace}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClassTemplate
@ExtendWith(KubernetesApis.class)
public @interface KubernetesTest {

    /** System property with the {@link TestedApi}s to test on, comma-separated; overrides the annotations. */
    String APIS_PROPERTY = "sluice.test.apis";

    /** The APIs to run on. */
    TestedApi[] value() default {TestedApi.IN_MEMORY, TestedApi.REAL};

    /** Whether to run only on the first available API, for slow classes that gain nothing from the other. */
    boolean firstAvailable() default false;
}
