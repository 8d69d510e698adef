package dev.sluice.reconciler.offline;

import java.io.PrintStream;

public final class OfflineCommands {
    public static boolean handles(String[] a) {
        return false;
    }

    public static int run(String[] a, PrintStream o, PrintStream e) {
        return 2;
    }
}
