using Compliance.Domain.Devices;

namespace Compliance.Probe.Look;

/// <summary>How one camera's pictures usually are, and what is wrong with the newest.</summary>
internal sealed class PictureHistory(LookSettings settings)
{
    /// <summary>About the last twenty clear pictures count.</summary>
    const double Weight = 0.05;

    PictureFacts _usual;
    int _clear;
    ReadOnlyMemory<byte> _previous;

    /// <summary>Null when the picture is as it should be. A faulty one does not enter the history.</summary>
    public Verdict? Look(GrayPicture picture)
    {
        var facts = picture.Facts();
        var fault = Fault(picture, facts);
        _previous = picture.Luma;
        if (fault is null) Remember(facts);
        return fault;
    }

    Verdict? Fault(GrayPicture picture, PictureFacts facts) =>
        facts.Mean < settings.BlackMean && facts.Spread < settings.BlackSpread ? Verdict.Black
        : IsCovered(facts) ? Verdict.Covered
        : picture.Luma.Span.SequenceEqual(_previous.Span) ? Verdict.FrozenPicture
        : null;

    bool IsCovered(PictureFacts facts) =>
        _clear >= settings.History
        && facts.Edges < _usual.Edges * settings.CoveredShare && facts.Spread < _usual.Spread * settings.CoveredShare;

    void Remember(PictureFacts facts)
    {
        var weight = Math.Max(Weight, 1.0 / ++_clear);
        _usual = new(Mix(_usual.Mean, facts.Mean), Mix(_usual.Spread, facts.Spread), Mix(_usual.Edges, facts.Edges));
        double Mix(double old, double now) => (old * (1 - weight)) + (now * weight);
    }
}
