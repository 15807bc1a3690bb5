using System.Numerics;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Look;

/// <summary>What is wrong with a picture, null for nothing, and the measured values that say so.</summary>
internal readonly record struct Finding(Verdict? Fault, string Evidence)
{
    public static readonly Finding None = new(null, "");

    public static Finding Of(Verdict fault, Reason reason, params object[] figures) => new(fault, Detail.Of(reason, figures));
}

/// <summary>How one camera's pictures usually are, and what is wrong with the newest. A faulty one does not enter the history.</summary>
/// <param name="kept">The history as it was before a restart.</param>
/// <param name="keep">Gets it now and then, to be kept.</param>
internal sealed class PictureHistory(LookSettings settings, UsualFigures? kept = null, Action<UsualFigures>? keep = null)
{
    /// <summary>Clear pictures after which the history is kept again: half an hour of them, and sooner while it is young.</summary>
    const int KeepEvery = 256;

    /// <summary>Brightness of two pictures may differ by this share and still be of one light.</summary>
    const double SameLight = 0.1;

    Usual _usual = new(settings, kept);
    readonly BurntIn _burntIn = new();
    volatile GrayPicture? _previous;
    double _previousMean;

    AverageView? _approving;
    ReferenceView? _candidate;
    Action<ReferenceView>? _made;

    /// <summary>The view somebody approved; without one no camera is held to have moved.</summary>
    public ReferenceView? Approved { get; private set; }

    /// <summary>What the camera shows in its next clear pictures is its view from now on, and its history begins anew.</summary>
    public void Approve(Action<ReferenceView>? made = null)
    {
        _usual = new(settings);
        Take(made);
    }

    /// <summary>The approved view is taken from the next clear pictures that show enough to know it again by; the history stands.</summary>
    /// <param name="made">Gets the view as soon as there is one.</param>
    public void Take(Action<ReferenceView>? made) => (Approved, _approving, _candidate, _made) = (null, new(), null, made);

    /// <summary>No view is approved any more; the history stands.</summary>
    public void ForgetView() => (Approved, _approving, _candidate, _made) = (null, null, null, null);

    /// <summary>The approved view as it was taken before a restart.</summary>
    public void Recall(ReferenceView view) => Approved = view;

    /// <summary>The picture that was looked at last; null before the first.</summary>
    public GrayPicture? Newest => _previous;

    /// <summary>Whether a clock is burnt in; null before enough was seen.</summary>
    public bool? HasClock => _burntIn.HasClock;

    /// <summary>Where it runs, in a picture in reading size; null where none was found.</summary>
    public OpenCvSharp.Rect? ClockPlace => _burntIn.Line;

    public Finding Look(GrayPicture picture, DateTimeOffset at) => Look(picture, PictureFacts.Of(picture), at);

    public Finding Look(GrayPicture picture, PictureFacts facts, DateTimeOffset at)
    {
        var change = _previous is null ? null : Change.Between(_previous, picture, facts.Print);
        var usual = _usual.At(at);
        var finding = Find(picture, facts, change, usual);
        if (finding.Fault is null) Remember(picture, facts, change, at);
        (_previous, _previousMean) = (picture, facts.Mean);
        if (finding.Fault is null or Verdict.FrozenPicture) _burntIn.Look(picture, change?.Energy);
        return finding;
    }

    Finding Find(GrayPicture picture, PictureFacts facts, Change? change, Usual.Means usual)
    {
        var hasHistory = usual.Count >= settings.History;
        if (facts.Print.Count < Cells.Count && facts.Mean < settings.BlackMean && facts.Spread < settings.BlackSpread && facts.Seen < settings.BlackOutline)
            return Finding.Of(Verdict.Black, Reason.PictureDark, Math.Round(facts.Mean, 1), Math.Round(facts.Spread, 1));
        if (hasHistory && AgainstHistory(facts, usual) is { Fault: not null } unusual) return unusual;
        if (Approved is { } view && HasMoved(view, picture, facts) is { Fault: not null } moved) return moved;
        return change is null ? Finding.None : Still(change, facts);
    }

    void Remember(GrayPicture picture, PictureFacts facts, Change? change, DateTimeOffset at)
    {
        var isSameLight = Math.Abs(facts.Mean - _previousMean) < facts.Mean * SameLight;
        _usual.Remember(facts, isSameLight ? change?.Flicker : null, at);
        if (_usual.Count >= settings.History && (_usual.Count % KeepEvery == 0 || (_usual.Count < KeepEvery && BitOperations.IsPow2(_usual.Count)))) keep?.Invoke(_usual.Figures);
        if (_approving is not null) TakeView(_approving, picture, facts);
    }

    /// <summary>Of a dark room or a bare wall nobody could say later that it is another: a view is one when the camera's own next picture is known again by it.</summary>
    void TakeView(AverageView approving, GrayPicture picture, PictureFacts facts)
    {
        if (_candidate is { } view && IsKnownAgain(view, picture, facts))
        {
            (Approved, _approving, _candidate) = (view, null, null);
            _made?.Invoke(view);
            return;
        }

        _candidate = null;
        if (!approving.Add(picture)) return;
        var average = approving.Picture();
        var taken = ReferenceView.Of(average, PictureFacts.Of(average));
        (_candidate, _approving) = (taken.IsTelling ? taken : null, new());
    }

    bool IsKnownAgain(ReferenceView view, GrayPicture picture, PictureFacts facts) =>
        Cells.Likeness(facts.Outline, view.Outline, facts.Print) > settings.SameView || (view.Compare(picture, facts) is { Found: > 0 } shift && !IsOff(shift));

    bool IsOff(Shift shift) =>
        shift.ShiftPercent > settings.ShiftPercent || Math.Abs(shift.Degrees) > settings.TurnDegrees || Math.Abs(shift.Zoom - 1) > settings.ZoomShare;

    Finding AgainstHistory(PictureFacts facts, Usual.Means usual)
    {
        var (kept, amount) = usual.OutlineOf(facts);
        if (facts.Overexposed > usual.Overexposed + settings.GlareShare && kept < settings.GlareKept)
            return Finding.Of(Verdict.Glare, Reason.Overexposed, Percent(facts.Overexposed), Percent(usual.Overexposed), Percent(kept));
        if (kept < settings.CoveredKept && amount < settings.CoveredAmount)
            return Finding.Of(Verdict.Covered, Reason.OutlinesLost, Percent(kept), Percent(amount));
        return usual.CrispnessOf(facts) is { } crisp && IsSoft(crisp, kept, amount, Cells.Likeness(facts.Outline, usual.Outline, facts.Print))
            ? Finding.Of(Verdict.Defocused, Reason.EdgesSoft, Percent(crisp)) : Finding.None;
    }

    /// <summary>Far out of focus a lens leaves few edges in the dark, and noise is crisp: there outlines that are lost say it as well; and where nothing is crisp at all, the view needs to be alike but a little.</summary>
    bool IsSoft(double crisp, double kept, double amount, double likeness) =>
        likeness > settings.SoftView ? crisp < settings.DefocusedCrispness || (crisp < settings.FaintCrispness && kept < settings.FaintKept && amount < settings.FaintAmount)
        : likeness > settings.BlurredView && crisp < settings.BlurredCrispness;

    /// <summary>A cheap look at the outlines first; only where they differ are marks searched for.</summary>
    Finding HasMoved(ReferenceView view, GrayPicture picture, PictureFacts facts)
    {
        var likeness = Cells.Likeness(facts.Outline, view.Outline, facts.Print);
        if (likeness > settings.SameView) return Finding.None;
        return view.Compare(picture, facts) switch
        {
            null => Finding.None,
            { Found: 0 } => likeness < settings.ForeignView ? Finding.Of(Verdict.Moved, Reason.ViewGone, view.Marks.Length / 2) : Finding.None,
            var shift when IsOff(shift.Value) => Finding.Of(Verdict.Moved, Reason.ViewShifted, Math.Round(shift.Value.ShiftPercent), Math.Round(shift.Value.Degrees), shift.Value.Found),
            _ => Finding.None,
        };
    }

    /// <summary>
    /// Frozen when nothing differs but the burnt-in clock, or when nothing stirs, the flicker of the sensor has gone that this
    /// camera usually has, and the grain is the same: a still picture coded anew.
    /// </summary>
    Finding Still(Change change, PictureFacts facts)
    {
        if (change.Identical) return Finding.Of(Verdict.FrozenPicture, Reason.PicturesIdentical);
        if (_usual.FlickerAt(facts.Mean) is not { } usual || usual < settings.LeastFlicker) return Finding.None;
        var flicker = change.Flicker / usual;
        return flicker < settings.FrozenFlicker && change.SameGrain() is { } grain && grain > settings.FrozenGrain
            ? Finding.Of(Verdict.FrozenPicture, Reason.GrainStill, Percent(grain), Percent(flicker)) : Finding.None;
    }

    static double Percent(double share) => Math.Round(share * 100);
}
