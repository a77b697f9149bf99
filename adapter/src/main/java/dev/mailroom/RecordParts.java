package dev.mailroom;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The components of a record as named texts, and back: code that compares or stores them cannot miss one that is added
 * later. Components are texts, whole numbers, switches, constants, or records of such, whose names are then dotted.
 */
final class RecordParts {
    private RecordParts() {
    }

    static SortedMap<String, String> of(Record record) {
        SortedMap<String, String> parts = new TreeMap<>();
        collect("", record, parts);
        return parts;
    }

    private static void collect(String prefix, Record record, Map<String, String> parts) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = prefix + component.getName();
            Object value = read(component, record);
            if (value instanceof Record nested) {
                collect(name + ".", nested, parts);
            } else {
                parts.put(name, value instanceof Enum<?> constant ? constant.name() : String.valueOf(value));
            }
        }
    }

    /** The record with these parts replaced; an unknown name, or a text that does not fit, is refused. */
    static <R extends Record> R with(R record, Map<String, String> parts) {
        Set<String> unknown = new HashSet<>(parts.keySet());
        R changed = with("", record, parts, unknown);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown parts of an identity: " + unknown);
        }
        return changed;
    }

    private static <R extends Record> R with(String prefix, R record, Map<String, String> parts, Set<String> unknown) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String name = prefix + components[i].getName();
            Object value = read(components[i], record);
            if (value instanceof Record nested) {
                values[i] = with(name + ".", nested, parts, unknown);
            } else {
                values[i] = unknown.remove(name) ? value(components[i].getType(), parts.get(name)) : value;
            }
        }
        return made(record, components, values);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object value(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        if (type == boolean.class) {
            return Boolean.valueOf(text);
        }
        if (type.isEnum()) {
            return Enum.valueOf((Class<Enum>) type, text);
        }
        throw new IllegalArgumentException("no part of an identity can be a " + type.getName());
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record's accessor can be called: " + component, e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> R made(R like, RecordComponent[] components, Object[] values) {
        try {
            Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return (R) like.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("these parts make no " + like.getClass().getSimpleName(), e);
        }
    }
}
