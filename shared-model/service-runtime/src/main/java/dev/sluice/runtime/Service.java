package dev.sluice.runtime;

import dev.sluice.runtime.flag.CommandLine;
import dev.sluice.runtime.flag.FlagProperties;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.UsageException;
import dev.sluice.runtime.generated.ConditionRecorder;
import dev.sluice.runtime.generated.GeneratedBeans;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.metrics.buffering.BufferingApplicationStartup;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.event.ContextClosedEvent;

/** A Sluice service: its Spring Boot application and its flags. A {@code main} method only calls {@link #run}. */
public final class Service {

    /** Number of steps kept for /actuator/startup; our services have about three hundred. */
    private static final int STARTUP_STEPS = 1_000;

    private final Class<?> application;
    private final FlagSet flags;

    private Service(Class<?> application, FlagSet flags) {
        this.application = application;
        this.flags = flags;
    }

    /**
     * Creates a service.
     *
     * @param application the class with {@code @SpringBootApplication}
     * @param flags all flags of the service
     */
    public static Service of(Class<?> application, FlagSet flags) {
        return new Service(application, flags);
    }

    /**
     * Runs the service in this process: handles {@code --help} and {@code --version}, and starts the application. If
     * the start fails, prints one line to standard error and exits with a non-zero code.
     */
    public void run(String... arguments) {
        CommandLine commandLine;
        try {
            commandLine = flags.parse(arguments);
        } catch (UsageException e) {
            System.err.println(flags.program() + ": " + e.getMessage());
            System.exit(e.exitCode());
            return;
        }
        if (commandLine.help() || commandLine.version()) {
            System.out.print(commandLine.help() ? flags.help() : flags.program() + " " + version() + "\n");
            System.exit(0);
        }
        MemoryLimit.warning().ifPresent(warning -> System.err.println(flags.program() + ": " + warning));
        ParentWatch.startIfAsked(System.getenv());
        try {
            start(commandLine, inThisProcess());
        } catch (SpringApplication.AbandonedRunException e) {
            throw e; // the build generates bean definitions, see ConditionRecorder
        } catch (RuntimeException | Error e) {
            // already reported by StartFailureReporter
            System.exit(StartFailure.exitCode(e));
        }
    }

    /**
     * Starts the application and returns its context, for tests and for programs that embed the service.
     *
     * @throws UsageException if the service does not accept the command line or a setting
     */
    public ConfigurableApplicationContext start(String... arguments) {
        return start(flags.parse(arguments));
    }

    /** Returns the version of this build. */
    public static String version() {
        return load("version.properties").getProperty("version");
    }

    /** Whether to use generated bean definitions is a setting of the process. */
    private ApplicationListener<?> inThisProcess() {
        return Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
                ? new ConditionRecorder(application)
                : new GeneratedBeans(application);
    }

    private ConfigurableApplicationContext start(CommandLine commandLine, ApplicationListener<?>... more) {
        SpringApplication spring = new SpringApplication(application);
        spring.setDefaultProperties(load("service-defaults.properties"));
        spring.setApplicationStartup(new BufferingApplicationStartup(STARTUP_STEPS));
        spring.addListeners(new FlagProperties(flags, commandLine));
        spring.addListeners(more);
        ConfigurableApplicationContext context =
                spring.run(commandLine.springArguments().toArray(String[]::new));
        Logger LOG = LoggerFactory.getLogger(application);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> LOG.atError()
                .addKeyValue("thread", thread.getName())
                .setCause(failure)
                .log("uncaught exception in thread"));
        FileNameEncoding.warnUnlessUtf8(FileNameEncoding.ofThisProcess(), LOG);
        commandLine
                .ignored()
                .forEach(argument ->
                        LOG.atInfo().addKeyValue("argument", argument).log("ignoring argument that is not a flag"));
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> {
            // the context of the management port is closed as well and publishes the same event
            if (closed.getApplicationContext() == context) {
                LOG.info("{} stopping", flags.program());
            }
        });
        LOG.atInfo().addKeyValue("version", version()).log("{} started", flags.program());
        return context;
    }

    private static Properties load(String resource) {
        Properties properties = new Properties();
        try (InputStream in = Service.class.getResourceAsStream(resource)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " from the classpath", e);
        }
        return properties;
    }
}
