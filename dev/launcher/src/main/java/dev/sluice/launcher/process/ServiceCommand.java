package dev.sluice.launcher.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line, environment and log file of a service. */
public record ServiceCommand(String name, List<String> arguments, Map<String, String> environment, Path log) {

    public ServiceCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /**
     * Returns the command for a service of this build, which runs on the launcher's JVM.
     *
     * @param temporary an existing directory for the service's temporary files; Java ignores {@code TMPDIR}
     */
    public static ServiceCommand ofJar(
            Path jar, JvmFlags jvm, Path temporary, List<String> flags, Map<String, String> environment, Path log) {
        String name = jar.getFileName().toString().replaceFirst("(-\\d.*)?\\.jar$", "");
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.addAll(jvm.forJar(jar));
        arguments.add("-Djava.io.tmpdir=" + temporary);
        arguments.add("-jar");
        arguments.add(jar.toString());
        arguments.addAll(flags);
        return new ServiceCommand(name, arguments, environment, log);
    }
}
