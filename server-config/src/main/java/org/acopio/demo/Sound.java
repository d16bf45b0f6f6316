package org.acopio.demo;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Short melodies on a five-note scale, as WAV, AIFF and MP3. */
final class Sound {
  private static final float RATE = 44_100;
  private static final double[] SCALE = {261.63, 293.66, 329.63, 392.00, 440.00, 523.25};
  private static final int MP3_KBITS = 128;

  private Sound() {}

  static void wav(Path file, int notes, long seed) throws IOException {
    write(file, notes, seed, AudioFileFormat.Type.WAVE);
  }

  static void aiff(Path file, int notes, long seed) throws IOException {
    write(file, notes, seed, AudioFileFormat.Type.AIFF);
  }

  private static void write(Path file, int notes, long seed, AudioFileFormat.Type type)
      throws IOException {
    byte[] samples = melody(notes, seed);
    AudioFormat format = new AudioFormat(RATE, 16, 1, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2)) {
      AudioSystem.write(in, type, file.toFile());
    }
  }

  static void mp3(Path file, int notes, long seed) throws IOException {
    byte[] samples = melody(notes, seed);
    LameEncoder encoder =
        new LameEncoder(
            new AudioFormat(RATE, 16, 1, true, false),
            MP3_KBITS,
            LameEncoder.CHANNEL_MODE_MONO,
            LameEncoder.QUALITY_LOW,
            false);
    byte[] encoded = new byte[encoder.getMP3BufferSize()];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int at = 0; at < samples.length; at += encoder.getPCMBufferSize()) {
        int length = Math.min(encoder.getPCMBufferSize(), samples.length - at);
        out.write(encoded, 0, encoder.encodeBuffer(samples, at, length, encoded));
      }
      out.write(encoded, 0, encoder.encodeFinish(encoded));
    } finally {
      encoder.close();
    }
  }

  /** Half a second a note, 16 bits, little-endian, fading like a plucked string. */
  private static byte[] melody(int notes, long seed) {
    Random random = new Random(seed);
    int perNote = (int) (RATE / 2);
    byte[] samples = new byte[notes * perNote * 2];
    for (int note = 0; note < notes; note++) {
      double pitch = SCALE[random.nextInt(SCALE.length)];
      for (int i = 0; i < perNote; i++) {
        double time = i / RATE;
        double wave =
            Math.sin(2 * Math.PI * pitch * time) + 0.4 * Math.sin(4 * Math.PI * pitch * time);
        short level = (short) (wave * Math.exp(-4 * time) * 16_000);
        int at = (note * perNote + i) * 2;
        samples[at] = (byte) level;
        samples[at + 1] = (byte) (level >> 8);
      }
    }
    return samples;
  }
}
