package dev.sextant.promql.function;

import java.util.Random;

/** Samples that make sums lose digits, one kind each. */
enum AwkwardSeries {
  /** A billion and thousandths. */
  NOISE_ON_AN_OFFSET {
    @Override
    double next(Random random, int i, double before) {
      return 1e9 + 1e-3 * random.nextGaussian();
    }
  },
  /** A line far off, so that its rise is all there is to see. */
  RISE_ON_AN_OFFSET {
    @Override
    double next(Random random, int i, double before) {
      return 1e12 + i / 8.0;
    }
  },
  /** Rises and begins anew now and then. */
  COUNTER {
    @Override
    double next(Random random, int i, double before) {
      return random.nextInt(150) == 0 ? 0 : before + random.nextInt(1000);
    }
  },
  CONSTANT {
    @Override
    double next(Random random, int i, double before) {
      return 0.1;
    }
  },
  /** Equal for long, then another value. */
  STEPS {
    @Override
    double next(Random random, int i, double before) {
      return random.nextInt(60) == 0 ? random.nextInt(5) / 3.0 : before;
    }
  },
  /** Constant but for a float that dwarfs it. */
  OUTLIERS {
    @Override
    double next(Random random, int i, double before) {
      return random.nextInt(90) == 0 ? 1e16 * random.nextGaussian() : 0.1 + random.nextInt(3);
    }
  },
  /** Of every order of magnitude and both signs. */
  MAGNITUDES {
    @Override
    double next(Random random, int i, double before) {
      return random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
    }
  },
  TINY {
    @Override
    double next(Random random, int i, double before) {
      return 1e-130 * random.nextGaussian();
    }
  },
  /** NaN, infinity and what overflows when it is squared, now and then. */
  NOT_NUMBERS {
    @Override
    double next(Random random, int i, double before) {
      return switch (random.nextInt(240)) {
        case 0 -> Double.NaN;
        case 1 -> Double.POSITIVE_INFINITY;
        case 2 -> Double.NEGATIVE_INFINITY;
        case 3 -> 1e200;
        case 4 -> -1.7e308;
        case 5 -> -0.0;
        default -> 5 + random.nextGaussian();
      };
    }
  };

  abstract double next(Random random, int i, double before);

  /** A few hours at about fifteen seconds, with gaps of all lengths up to hours. */
  SampleBuffer samples(long seed) {
    Random random = new Random(seed);
    SampleBuffer samples = new SampleBuffer();
    long time = 1_700_000_000_000L + random.nextInt(10_000);
    double value = 0;
    int count = 200 + random.nextInt(1500);
    for (int i = 0; i < count; i++) {
      value = next(random, i, Double.isFinite(value) ? value : 0);
      samples.add(time, value, 0);
      time += 14_000 + random.nextInt(2000);
      if (random.nextInt(100) == 0) {
        time += random.nextInt(5) * (random.nextBoolean() ? 60_000L : 1_800_000L);
      }
    }
    return samples;
  }
}
