package dev.sluice.proof.failpoint;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Adds a call to the agent where the methods of steps begin and return. */
final class StepTransformer implements ClassFileTransformer {
  private static final String AGENT = "dev/sluice/proof/failpoint/FailpointAgent";

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    return type != null && Step.concerns(type) ? instrumented(type, classFile) : null;
  }

  private static byte[] instrumented(String type, byte[] classFile) {
    var reader = new ClassReader(classFile);
    var writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            var method = super.visitMethod(access, name, descriptor, signature, exceptions);
            return Arrays.stream(Step.values())
                .filter(step -> step.is(type, name + descriptor))
                .findFirst()
                .<MethodVisitor>map(step -> new Passing(method, step))
                .orElse(method);
          }
        },
        0);
    return writer.toByteArray();
  }

  private static final class Passing extends MethodVisitor {
    private final Step step;

    Passing(MethodVisitor method, Step step) {
      super(Opcodes.ASM9, method);
      this.step = step;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      pass(Side.BEFORE);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        pass(Side.AFTER);
      }
      super.visitInsn(opcode);
    }

    private void pass(Side side) {
      if (step.sides().contains(side)) {
        visitLdcInsn(side + " " + step);
        visitMethodInsn(
            Opcodes.INVOKESTATIC, AGENT, "pass", "(Ljava/lang/String;)V", /* isInterface= */ false);
      }
    }
  }
}
