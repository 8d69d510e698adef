package dev.sluice.runtime.profile;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What the JVM tells about itself as text. */
final class JvmText {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private JvmText() {}

    /** As jstack prints it: all threads with their stacks and locks. */
    static String threads() throws ProfileException {
        return diagnostic("threadPrint", "-l");
    }

    /** Instances and bytes by class; collects garbage first, as that command does. */
    static String classHistogram() throws ProfileException {
        return diagnostic("gcClassHistogram");
    }

    /** The virtual machine's arguments and the program's, separated by NUL; without credentials of URLs. */
    static String commandLine() {
        List<String> parts = new ArrayList<>();
        parts.add("java");
        parts.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        parts.addAll(List.of(System.getProperty("sun.java.command", "").split(" ")));
        return CREDENTIALS.matcher(String.join("\0", parts)).replaceAll("//***@");
    }

    private static String diagnostic(String command, String... arguments) throws ProfileException {
        try {
            ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(commands, command, new Object[] {arguments}, new String[] {String[].class.getName()});
            return String.valueOf(answer);
        } catch (JMException e) {
            throw ProfileException.unavailable("this JVM does not know \"" + command + "\": " + e.getMessage(), e);
        }
    }
}
