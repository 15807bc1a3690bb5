namespace Compliance.Probe.Look;

/// <summary>How a camera's clear pictures usually are: all day, and at each hour, for a dark club at four is not the one that is being cleaned at noon.</summary>
internal sealed class Usual
{
    readonly Means _allDay = new();
    readonly Means?[] _hours = new Means?[24];

    /// <summary>A sensor's noise depends on the light: the mean flicker of pictures about as bright (each band twice as bright as the one below), and how many they were.</summary>
    readonly (int Count, double Mean)[] _flicker = new (int, double)[9];

    /// <summary>Null before enough pictures about as bright were seen.</summary>
    public double? FlickerAt(double brightness, int enough) => _flicker[Band(brightness)] is var band && band.Count >= enough ? band.Mean : null;

    static int Band(double brightness) => (int)Math.Log2(brightness + 1);

    /// <summary>Of this hour once enough of it was seen, else of all hours.</summary>
    public Means At(DateTimeOffset at, int enough) => _hours[at.UtcDateTime.Hour] is { } hour && hour.Count >= enough ? hour : _allDay;

    public void Remember(PictureFacts facts, double? flicker, DateTimeOffset at)
    {
        _allDay.Add(facts);
        (_hours[at.UtcDateTime.Hour] ??= new()).Add(facts);
        if (flicker is not { } now) return;
        ref var band = ref _flicker[Band(facts.Mean)];
        band = (band.Count + 1, band.Mean + (Math.Max(Means.Weight, 1.0 / (band.Count + 1)) * (now - band.Mean)));
    }

    /// <summary>Running means over about the last twenty clear pictures.</summary>
    internal sealed class Means
    {
        internal const float Weight = 0.05f;

        public int Count { get; private set; }
        public double Overexposed { get; private set; }
        public float[] Outline { get; } = new float[Cells.Count];

        /// <summary>0 where no edge was seen yet.</summary>
        public float[] Crispness { get; } = new float[Cells.Count];

        public void Add(PictureFacts facts)
        {
            var weight = Math.Max(Weight, 1f / ++Count);
            Overexposed += weight * (facts.Overexposed - Overexposed);
            for (var i = 0; i < Cells.Count; i++)
            {
                Outline[i] += weight * (facts.Outline[i] - Outline[i]);
                if (facts.Crispness[i] > 0) Crispness[i] = Crispness[i] > 0 ? Crispness[i] + (weight * (facts.Crispness[i] - Crispness[i])) : facts.Crispness[i];
            }
        }

        /// <summary>The share of the usual outlines that is still there, 0 to 1, and how much there is to see in all, against what usually is.</summary>
        public (double Kept, double Amount) OutlineOf(PictureFacts facts)
        {
            const float structured = 0.02f;
            double kept = 0, usual = 0, now = 0, all = 0;
            for (var i = 0; i < Cells.Count; i++)
            {
                if (facts.Print.Contains(i)) continue;
                now += facts.Outline[i];
                all += Outline[i];
                if (Outline[i] < structured) continue;
                kept += Math.Min(facts.Outline[i], Outline[i]);
                usual += Outline[i];
            }

            return usual > 0 ? (kept / usual, now / all) : (1, 1);
        }

        /// <summary>How crisp edges are against what is usual in the same cells; null where too few cells have any.</summary>
        public double? CrispnessOf(PictureFacts facts)
        {
            const int enough = 24;
            var ratios = new List<float>();
            for (var i = 0; i < Cells.Count; i++)
                if (Crispness[i] > 0 && facts.Crispness[i] > 0 && !facts.Print.Contains(i)) ratios.Add(facts.Crispness[i] / Crispness[i]);
            return ratios.Count < enough ? null : Cells.Quantile(ratios, 0.5);
        }
    }
}
