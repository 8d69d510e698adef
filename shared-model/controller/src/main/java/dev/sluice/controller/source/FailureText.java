package dev.sluice.controller.source;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;

/** What a status says about an exception. */
final class FailureText {

    private FailureText() {}

    /** Returns the message, with the class if the message alone says nothing, such as the path of a missing file. */
    static String of(IOException failure) {
        String message = failure.getMessage();
        if (message == null
                || message.isBlank()
                || failure instanceof UnknownHostException
                || failure instanceof CharacterCodingException
                || (failure instanceof FileSystemException file && file.getReason() == null)) {
            return failure.toString();
        }
        return message;
    }

    /** Like {@link #of}; without the message of other exceptions, which could contain a secret. */
    static String of(Exception failure) {
        return failure instanceof IOException e ? of(e) : nameOf(failure);
    }

    /** Returns the short name of the class; anonymous classes have only the long one. */
    static String nameOf(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return name.isEmpty() ? failure.getClass().getName() : name;
    }
}
