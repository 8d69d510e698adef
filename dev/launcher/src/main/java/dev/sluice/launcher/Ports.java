package dev.sluice.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports on loopback; each has its own option. */
record Ports(int api, int artifacts, int metrics, int health, int management, int console) {

    Ports {
        Map<Integer, String> seen = new LinkedHashMap<>();
        options(api, artifacts, metrics, health, management, console).forEach((option, port) -> {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("%s %d: not a valid port; use 1 to 65535".formatted(option, port));
            }
            String other = seen.putIfAbsent(port, option);
            if (other != null) {
                throw new IllegalArgumentException(
                        "%s and %s are both %d; choose different ports".formatted(other, option, port));
            }
        });
    }

    /** Chooses ports that are free now. */
    static Ports free() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> free =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(free.get(0), free.get(1), free.get(2), free.get(3), free.get(4), free.get(5));
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Returns one message for each port that is already in use. */
    List<String> inUse() {
        List<String> problems = new ArrayList<>();
        options(api, artifacts, metrics, health, management, console).forEach((option, port) -> {
            if (!isFree(port)) {
                problems.add("port %d is already in use; free it or choose another with %s".formatted(port, option));
            }
        });
        return problems;
    }

    private static Map<String, Integer> options(
            int api, int artifacts, int metrics, int health, int management, int console) {
        Map<String, Integer> options = new LinkedHashMap<>();
        options.put("--api-port", api);
        options.put("--artifact-port", artifacts);
        options.put("--metrics-port", metrics);
        options.put("--health-port", health);
        options.put("--management-port", management);
        options.put("--console-port", console);
        return options;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
