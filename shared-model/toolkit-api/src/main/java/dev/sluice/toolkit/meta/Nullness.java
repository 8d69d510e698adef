package dev.sluice.toolkit.meta;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Which components of a record may be null, by the annotations of JSpecify: those that are {@code @Nullable}. The record,
 * a class around it, its package or its module must be {@code @NullMarked}; otherwise nothing is known about its
 * components.
 */
public final class Nullness {

    private Nullness() {}

    /** Whether a component may be null. True for every component of a record that is not null-marked. */
    public static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                || !isMarked(component.getDeclaringRecord());
    }

    /** Whether a class is in the scope of {@code @NullMarked}; the nearest annotation decides. */
    public static boolean isMarked(Class<?> type) {
        for (Class<?> scope = type; scope != null; scope = scope.getEnclosingClass()) {
            if (isAnnotated(scope)) {
                return scope.isAnnotationPresent(NullMarked.class);
            }
        }
        Package own = type.getPackage();
        return isAnnotated(own)
                ? own.isAnnotationPresent(NullMarked.class)
                : type.getModule().isAnnotationPresent(NullMarked.class);
    }

    /**
     * Checks that a record, and every record in it, is null-marked.
     *
     * @throws IllegalArgumentException if one is not; names the record and what to do
     */
    static void requireMarked(Class<?> type) {
        requireMarked(type, new HashSet<>());
    }

    private static void requireMarked(Type type, Set<Class<?>> checked) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                requireMarked(argument, checked);
            }
        }
        if (!(type instanceof Class<?> record) || !record.isRecord() || !checked.add(record)) {
            return;
        }
        if (!isMarked(record)) {
            throw new IllegalArgumentException(("record %s is not null-marked, so it is unknown which of its fields are"
                            + " required; add @org.jspecify.annotations.NullMarked to the record, to the class around"
                            + " it or to its package, and @Nullable to the components that may be null")
                    .formatted(record.getName()));
        }
        for (RecordComponent component : record.getRecordComponents()) {
            requireMarked(component.getGenericType(), checked);
        }
    }

    private static boolean isAnnotated(AnnotatedElement scope) {
        return scope.isAnnotationPresent(NullMarked.class) || scope.isAnnotationPresent(NullUnmarked.class);
    }
}
