package dev.sluice.artifact.fetch;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that sends scripted responses, valid or not, to consecutive connections and records the requests. */
final class ScriptedServer implements Closeable {

    /** The response on one connection, which is then closed. */
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedServer(Answer... answers) throws IOException {
        script.addAll(List.of(answers));
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    void then(Answer answer) {
        script.add(answer);
    }

    String url(String path) {
        return "http://" + authority() + path;
    }

    String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Returns all request heads, each as a list of lines. */
    List<List<String>> requests() {
        return requests;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                List<String> head = readHead(connection);
                requests.add(head);
                Answer answer = script.poll();
                (answer == null ? status(500) : answer).write(connection.getOutputStream());
                connection.shutdownOutput();
            } catch (IOException e) {
                // the client disconnected, or the test has ended
            }
        }
    }

    private static List<String> readHead(Socket connection) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        List<String> head = new ArrayList<>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.add(line);
        }
        return head;
    }

    static Answer status(int status, String... headers) {
        return raw("HTTP/1.1 " + status + " Scripted\r\nContent-Length: 0\r\nConnection: close\r\n"
                + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n");
    }

    static Answer ok(String body, String... headers) {
        return raw("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n"
                + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n" + body);
    }

    static Answer raw(String bytes) {
        return out -> out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends the beginning of a response and then nothing until the server is closed. */
    Answer stall(String begin) {
        return out -> {
            out.write(begin.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            try {
                closed.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Sends a head and then an endless body until the client disconnects. */
    static Answer endless(String head) {
        return out -> {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] block = new byte[8192];
            for (long i = 0; i < 1_000_000; i++) {
                out.write(block);
            }
        };
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
