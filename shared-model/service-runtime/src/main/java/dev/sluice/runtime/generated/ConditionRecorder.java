package dev.sluice.runtime.generated;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Records which properties Spring reads while the build generates the bean definitions, and stores them. */
public final class ConditionRecorder implements ApplicationListener<ApplicationPreparedEvent> {

    private final Class<?> application;
    private final Set<String> names = new TreeSet<>();

    /** Creates a recorder for the class with {@code @EnableAutoConfiguration}. */
    public ConditionRecorder(Class<?> application) {
        this.application = application;
    }

    /** From now on, only conditions and imports of configurations read properties. */
    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
        environment.getPropertySources().addFirst(new Recording(names));
        BeanFactoryInitializationAotProcessor processor = beans -> store(environment);
        event.getApplicationContext().getBeanFactory().registerSingleton("conditionRecorder", processor);
    }

    /** Stores again after the context of the management port was generated, which has conditions of its own. */
    private BeanFactoryInitializationAotContribution store(ConfigurableEnvironment environment) {
        return (generation, code) -> generation
                .getGeneratedFiles()
                .handleFile(
                        Kind.RESOURCE,
                        ConditionProperties.resource(application),
                        file -> file.override(new ByteArrayResource(ConditionProperties.of(names, environment)
                                .content()
                                .getBytes(StandardCharsets.ISO_8859_1))));
    }

    /** A source without properties that sees each name for which the others are searched. */
    private static final class Recording extends PropertySource<Set<String>> {

        Recording(Set<String> names) {
            super("conditions", names);
        }

        @Override
        public @Nullable Object getProperty(String name) {
            source.add(name);
            return null;
        }
    }
}
