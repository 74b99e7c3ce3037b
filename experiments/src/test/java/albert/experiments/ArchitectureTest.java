package albert.experiments;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom, in all modules. */
final class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> theModulesKeepTheirArrows() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("albert");
    return Stream.of(
            mayNotKnow("evaluation", "datasets", "model", "reports", "experiments"),
            mayNotKnow("datasets", "model", "reports", "experiments"),
            mayNotKnow("model", "evaluation", "datasets", "reports", "experiments"),
            mayNotKnow("reports", "datasets", "model", "experiments"),
            noClasses()
                .that()
                .resideOutsideOfPackage("albert.model..")
                .and()
                .resideInAPackage("albert..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.tensorflow..")
                .as("TensorFlow's home is model alone"),
            slices()
                .matching("albert.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .as("packages are free of cycles"),
            slices()
                .matching("albert.(**)")
                .should()
                .beFreeOfCycles()
                .as("packages within packages are free of cycles too"),
            fields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("albert..")
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackages("..jmh_generated..")
                .should(notBeMutable())
                .as("no static field can change"))
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  private static ArchRule mayNotKnow(String module, String... others) {
    return noClasses()
        .that()
        .resideInAPackage("albert." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.of(others).map(other -> "albert." + other + "..").toArray(String[]::new))
        .as(module + " does not know " + String.join(", ", others));
  }

  /** Final; an enum's own array of constants is the compiler's. */
  private static ArchCondition<JavaField> notBeMutable() {
    return new ArchCondition<>("be final") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        boolean isFinal =
            field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
        if (!isFinal) {
          events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is not final"));
        }
      }
    };
  }
}
