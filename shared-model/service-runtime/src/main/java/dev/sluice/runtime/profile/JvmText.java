package dev.sluice.runtime.profile;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** Textual diagnostics of the JVM. */
final class JvmText {

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private JvmText() {}

    /** Returns a thread dump like that of jstack, with stacks and locks. */
    static String threads() throws ProfileException {
        return diagnostic("threadPrint", "-l");
    }

    /** Returns instances and bytes by class. Collects garbage first. */
    static String classHistogram() throws ProfileException {
        return diagnostic("gcClassHistogram");
    }

    /** Returns the arguments of the JVM and the program, separated by NUL, without credentials in URLs. */
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
            throw ProfileException.unavailable("this JVM does not support \"" + command + "\": " + e.getMessage(), e);
        }
    }
}
