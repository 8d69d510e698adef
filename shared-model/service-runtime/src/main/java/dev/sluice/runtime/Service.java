package dev.sluice.runtime;

import dev.sluice.runtime.flag.CommandLine;
import dev.sluice.runtime.flag.FlagProperties;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.UsageException;
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
import org.springframework.context.event.ContextClosedEvent;

/**
 * A Sluice service: its Spring Boot application and its flags. {@link #run} is all that a {@code main} method calls.
 */
public final class Service {

    /** What /actuator/startup tells; a start of ours has some three hundred. */
    private static final int STARTUP_STEPS = 1_000;

    private final Class<?> application;
    private final FlagSet flags;

    private Service(Class<?> application, FlagSet flags) {
        this.application = application;
        this.flags = flags;
    }

    /**
     * Describes a service.
     *
     * @param application the class with {@code @SpringBootApplication}
     * @param flags every flag that it takes
     */
    public static Service of(Class<?> application, FlagSet flags) {
        return new Service(application, flags);
    }

    /**
     * Runs the service in this process: answers {@code --help} and {@code --version}, starts the application, and ends
     * the process with one line on standard error and a code other than zero where that fails.
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
        ParentWatch.startIfAsked(System.getenv());
        try {
            start(commandLine);
        } catch (RuntimeException | Error e) {
            // StartFailureReporter has told it already
            System.exit(StartFailure.exitCode(e));
        }
    }

    /**
     * Starts the application and returns its context: the way of tests and of programs that hold a service inside.
     *
     * @throws UsageException for a command line or setting that the service does not take
     */
    public ConfigurableApplicationContext start(String... arguments) {
        return start(flags.parse(arguments));
    }

    /** The version that this build has. */
    public static String version() {
        return load("version.properties").getProperty("version");
    }

    private ConfigurableApplicationContext start(CommandLine commandLine) {
        SpringApplication spring = new SpringApplication(application);
        spring.setDefaultProperties(load("service-defaults.properties"));
        spring.setApplicationStartup(new BufferingApplicationStartup(STARTUP_STEPS));
        spring.addListeners(new FlagProperties(flags, commandLine));
        ConfigurableApplicationContext context =
                spring.run(commandLine.springArguments().toArray(String[]::new));
        Logger LOG = LoggerFactory.getLogger(application);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> LOG.error("thread {} ended by an uncaught error", thread.getName(), failure));
        FileNameEncoding.warnUnlessUtf8(FileNameEncoding.ofThisProcess(), LOG);
        commandLine
                .ignored()
                .forEach(argument -> LOG.info("ignoring argument \"{}\": it belongs to no flag", argument));
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) closed -> {
            // the management port's context is closed with it and tells so too
            if (closed.getApplicationContext() == context) {
                LOG.info("{} stops", flags.program());
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
            throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
        }
        return properties;
    }
}
