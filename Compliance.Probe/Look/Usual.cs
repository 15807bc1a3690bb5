namespace Compliance.Probe.Look;

/// <summary>
/// How a camera's clear pictures usually are: all day, and at each hour, for a dark club at four is not the one that is being
/// cleaned at noon. It moves over hours, so that whoever covers a lens little by little is not taken for the usual.
/// </summary>
internal sealed class Usual
{
    readonly LookSettings _settings;
    readonly Means _allDay;
    readonly Means?[] _hours = new Means?[24];

    /// <summary>A sensor's noise depends on the light: the mean flicker of pictures about as bright (each band twice as bright as the one below), and how many they were.</summary>
    readonly UsualFlicker[] _flicker = new UsualFlicker[UsualFigures.Bands];

    public Usual(LookSettings settings, UsualFigures? kept = null)
    {
        (_settings, _allDay) = (settings, new(kept?.AllDay));
        if (kept is null) return;
        for (var hour = 0; hour < _hours.Length; hour++) _hours[hour] = kept.Hours[hour] is { } figures ? new(figures) : null;
        kept.Flicker.CopyTo(_flicker, 0);
    }

    /// <summary>How many clear pictures it rests on.</summary>
    public int Count => _allDay.Count;

    /// <summary>What of it is kept on a disk: numbers, from which no picture can be made.</summary>
    public UsualFigures Figures => new(_allDay.Figures, [.. _hours.Select(hour => hour?.Figures)], [.. _flicker]);

    /// <summary>Null before enough pictures about as bright were seen.</summary>
    public double? FlickerAt(double brightness) => _flicker[Band(brightness)] is var band && band.Count >= _settings.History ? band.Mean : null;

    static int Band(double brightness) => (int)Math.Log2(brightness + 1);

    /// <summary>Of this hour once enough of it was seen, else of all hours.</summary>
    public Means At(DateTimeOffset at) => _hours[at.UtcDateTime.Hour] is { } hour && hour.Count >= _settings.HourHistory ? hour : _allDay;

    public void Remember(PictureFacts facts, double? flicker, DateTimeOffset at)
    {
        _allDay.Add(facts, _settings.UsualOver);
        (_hours[at.UtcDateTime.Hour] ??= new()).Add(facts, _settings.UsualOver);
        if (flicker is not { } now) return;
        ref var band = ref _flicker[Band(facts.Mean)];
        var count = Math.Min(band.Count + 1, _settings.UsualOver);
        band = new(count, band.Mean + ((now - band.Mean) / count));
    }

    /// <summary>The mean of all clear pictures, and when they are many a running one that forgets as slowly.</summary>
    internal sealed class Means(UsualMeans? kept = null)
    {
        readonly float[] _outline = kept?.Outline ?? new float[Cells.Count];

        /// <summary>0 where no edge was seen yet.</summary>
        readonly float[] _crispness = kept?.Crispness ?? new float[Cells.Count];

        public int Count { get; private set; } = kept?.Count ?? 0;
        public double Overexposed { get; private set; } = kept?.Overexposed ?? 0;
        public ReadOnlySpan<float> Outline => _outline;
        public UsualMeans Figures => new(Count, Overexposed, [.. _outline], [.. _crispness]);

        public void Add(PictureFacts facts, int over)
        {
            var weight = 1f / Math.Min(++Count, over);
            Overexposed += weight * (facts.Overexposed - Overexposed);
            for (var i = 0; i < Cells.Count; i++)
            {
                _outline[i] += weight * (facts.Outline[i] - _outline[i]);
                if (facts.Crispness[i] > 0) _crispness[i] = _crispness[i] > 0 ? _crispness[i] + (weight * (facts.Crispness[i] - _crispness[i])) : facts.Crispness[i];
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
                all += _outline[i];
                if (_outline[i] < structured) continue;
                kept += Math.Min(facts.Outline[i], _outline[i]);
                usual += _outline[i];
            }

            return usual > 0 ? (kept / usual, now / all) : (1, 1);
        }

        /// <summary>How crisp edges are against what is usual in the same cells, the middle one by how much there usually is to see in each: where there is little, noise is as crisp as ever. Null where too few cells have any.</summary>
        public double? CrispnessOf(PictureFacts facts)
        {
            const int enough = 24;
            var ratios = new List<(float Ratio, float Weight)>();
            for (var i = 0; i < Cells.Count; i++)
                if (_crispness[i] > 0 && facts.Crispness[i] > 0 && !facts.Print.Contains(i)) ratios.Add((facts.Crispness[i] / _crispness[i], _outline[i]));
            if (ratios.Count < enough) return null;
            ratios.Sort((a, b) => a.Ratio.CompareTo(b.Ratio));
            var left = ratios.Sum(one => one.Weight) / 2;
            return ratios.First(one => (left -= one.Weight) <= 0).Ratio;
        }
    }
}
