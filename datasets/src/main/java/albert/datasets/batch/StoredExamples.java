package albert.datasets.batch;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Examples that are made when they are asked for, so that they never all lie in the heap. */
abstract sealed class StoredExamples extends AbstractList<EncodedExample> implements RandomAccess
    permits MappedExamples, GrowingExamples {}
