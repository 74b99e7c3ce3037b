/** What the tests of all modules share; each module compiles it among its own. */
@org.jspecify.annotations.NullMarked
package albert.testing;
