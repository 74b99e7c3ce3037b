@org.jspecify.annotations.NullMarked
package albert.reports.browser;
