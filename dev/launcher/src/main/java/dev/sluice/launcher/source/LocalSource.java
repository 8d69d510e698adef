package dev.sluice.launcher.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A local directory and the name of the GitRepository as which it is offered. */
public record LocalSource(String name, Path directory) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?");

    /**
     * Reads {@code NAME=DIR}.
     *
     * @throws IllegalArgumentException with a line for a person, when it is not of that form or there is no such directory
     */
    public static LocalSource parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "--source '%s': write NAME=DIR, for example app=./deploy".formatted(text));
        }
        String name = text.substring(0, equals);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "--source '%s': the name must be lower-case letters, digits and '-'".formatted(text));
        }
        Path directory = Path.of(text.substring(equals + 1)).toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("--source '%s': there is no directory %s".formatted(text, directory));
        }
        return new LocalSource(name, directory);
    }
}
