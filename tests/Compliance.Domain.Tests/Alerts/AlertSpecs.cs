using Compliance.Domain.Alerts;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Alerts.Alert;
using static Compliance.Domain.Alerts.AlertCommand;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

public sealed class AlertSpecs
{
    static readonly AlertEvent.ClipTold ClipTold = new(Id, Venue, Clip);
    static readonly AlertEvent.ClipKept Kept = new(Id, Venue, Hash, 1000, false);
    static readonly AlertEvent.BlurredClipTold BlurTold = new(Id, Venue, Blurred);
    static readonly AlertEvent.BlurredClipKept BlurKept = new(Id, Venue, Blurred.Sha256, 900, false);
    static readonly AlertEvent.Suppressed Held = new(Id, Venue, AlertKind.Fight, Noon, District, Suppression.Budget, null, 12, 12, Noon);
    static readonly AlertEvent.Placed Shown = new(Id, Venue, Camera, AlertKind.Fight, Noon, District, Inc, true, null, Noon);

    static Tell Tells(AlertTold told) => new(told, Venue, Receipt());

    [Fact] public void It_is_raised_with_model_threshold_and_frames() => Decider.Given().When(Tells(Told)).Then(Raised);
    [Fact] public void Told_again_it_is_one_alert() => Decider.Given(Raised).When(Tells(Told with { Score = 0.9, FramesAnalysed = 90 })).ThenNothing();
    [Fact] public void Its_clip_is_told_once() => Decider.Given(Raised).When(Tells(Told with { Clip = Clip })).Then(ClipTold);
    [Fact] public void It_ends_with_what_was_seen_in_the_end() => Decider.Given(Raised).When(Tells(Told with { SeenUntil = Noon.AddSeconds(9), ObservedAt = Noon.AddSeconds(10), Score = 0.7, FramesAnalysed = 140 }))
        .Then(new AlertEvent.Ended(Id, Venue, Noon.AddSeconds(9), Seen with { Score = 0.7, FramesAnalysed = 140 }));
    [Fact] public void What_is_told_late_is_told_whole() => Decider.Given().When(Tells(Told with { Clip = Clip, SeenUntil = Noon.AddSeconds(3) })).Then(Raised, ClipTold, new AlertEvent.Ended(Id, Venue, Noon.AddSeconds(3), Seen));
    [Fact] public void Another_clip_is_not_put_in_its_place() => Decider.Given(Raised, ClipTold).When(Tells(Told with { Clip = Clip with { Sha256 = new('c', 64) } })).ThenRefused("alert.already-raised");
    [Fact] public void Another_alert_has_another_id() => Decider.Given(Raised).When(Tells(Told with { Model = Model with { Threshold = 0.5 } })).ThenRefused("alert.already-raised");

    [Fact]
    public void From_a_doubtful_clock_it_began_so_long_before_it_came_in_as_it_says() =>
        Decider.Given().When(new Tell(Told with { Clock = new(false, 0) }, Venue, Receipt(3600, new(false, 0))))
            .Then(Raised with { SeenFrom = Noon.AddSeconds(3596), Seen = Seen with { Clock = new(false, 0) } });

    public static TheoryData<AlertTold, string, string> Wrong() => new()
    {
        { Told with { Kind = AlertKind.Fire }, "alert.kind-not-told", "kind" },
        { Told with { SeenUntil = Noon.AddSeconds(-1) }, "alert.interval-impossible", "seenUntil" },
        { Told with { SeenFrom = Noon.AddSeconds(5) }, "alert.interval-impossible", "seenFrom" },
        { Told with { SeenFrom = Noon.AddDays(-2), ObservedAt = Noon.AddDays(-2) }, "alert.seen-before-watched", "seenFrom" },
        { Told with { Score = 1.2 }, "alert.score-impossible", "score" },
        { Told with { FramesAnalysed = 0 }, "alert.frames-impossible", "framesAnalysed" },
        { Told with { Model = Model with { Sha256 = "ABC" } }, "alert.model-malformed", "model" },
        { Told with { Clip = Clip with { Seconds = 0 } }, "alert.clip-malformed", "clip" },
        { Told with { Clip = Clip, Blurred = Blurred with { Sha256 = "x" } }, "alert.clip-malformed", "blurred" },
        { Told with { Clip = Clip, Blurred = Blurred with { DetectorSha256 = null } }, "alert.clip-malformed", "blurred" },
        { Told with { Clip = Clip, Blurred = Blurred with { Blur = (ClipBlur)7 } }, "alert.clip-malformed", "blurred" },
        { Told with { Blurred = Blurred }, "alert.clip-malformed", "blurred" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_cannot_be_is_refused(AlertTold told, string code, string field) => Decider.Given().When(Tells(told)).ThenRefused(code, field);

    [Fact]
    public void What_follows_from_a_fact_is_raised_once_and_ends_once()
    {
        var fire = new AlertEvent.Raised(Id, Venue, Camera, AlertKind.BlockedExit, Noon, null, new(Other, Inc));
        Decider.Given().When(new Raise(Id, Venue, Camera, AlertKind.BlockedExit, Noon, new(Other, Inc))).Then(fire);
        Decider.Given(fire).When(new End(Noon.AddMinutes(1))).Then(new AlertEvent.Ended(Id, Venue, Noon.AddMinutes(1), null));
        Decider.Given().When(new End(Noon)).ThenNothing();
    }

    [Fact]
    public void A_clip_is_kept_only_if_it_is_the_one_that_was_told()
    {
        Decider.Given(Raised).When(new KeepClip(Hash, 1000)).ThenRefused("alert.clip-unnamed");
        Decider.Given(Raised, ClipTold).When(new KeepClip(new('c', 64), 1000)).ThenRefused("alert.clip-changed", "body");
        Decider.Given(Raised, ClipTold).When(new KeepClip(Hash, 1000)).Then(Kept);
        Decider.Given(Raised, ClipTold, Kept).When(new EraseClip()).Then(new AlertEvent.ClipErased(Id, Venue, Hash));
        Decider.Given(Raised, ClipTold, Kept, new AlertEvent.ClipErased(Id, Venue, Hash)).When(new KeepClip(Hash, 1000)).ThenRefused("alert.clip-erased");
    }

    [Fact]
    public void A_blurred_copy_is_told_once_after_its_clip_and_kept_only_if_it_is_that_one()
    {
        Decider.Given(Raised, ClipTold).When(Tells(Told with { Clip = Clip, Blurred = Blurred })).Then(BlurTold);
        Decider.Given(Raised, ClipTold, BlurTold).When(Tells(Told with { Clip = Clip, Blurred = Blurred })).ThenNothing();
        Decider.Given(Raised, ClipTold, BlurTold).When(Tells(Told with { Clip = Clip, Blurred = Blurred with { Blur = ClipBlur.WholePicture } })).ThenRefused("alert.already-raised");
        Decider.Given(Raised, ClipTold).When(new KeepBlurred(Blurred.Sha256, 900)).ThenRefused("alert.clip-unnamed");
        Decider.Given(Raised, ClipTold, BlurTold).When(new KeepBlurred(Hash, 900)).ThenRefused("alert.clip-changed", "body");
        Decider.Given(Raised, ClipTold, BlurTold).When(new KeepClip(Blurred.Sha256, 900)).ThenRefused("alert.clip-changed", "body");
        Decider.Given(Raised, ClipTold, BlurTold).When(new KeepBlurred(Blurred.Sha256, 900)).Then(BlurKept);
        Decider.Given(Raised, ClipTold, BlurTold, BlurKept).When(new KeepBlurred(Blurred.Sha256, 900)).ThenNothing();
    }

    [Fact]
    public void Both_copies_are_erased_together_and_neither_comes_back()
    {
        AlertEvent.ClipErased erased = new(Id, Venue, Hash);
        AlertEvent.BlurredClipErased blurErased = new(Id, Venue, Blurred.Sha256);
        Decider.Given(Raised, ClipTold, BlurTold, Kept, BlurKept).When(new EraseClip()).Then(erased, blurErased);
        Decider.Given(Raised, ClipTold, BlurTold, BlurKept).When(new EraseClip()).Then(blurErased);
        Decider.Given(Raised, ClipTold, BlurTold, Kept, erased).When(new KeepBlurred(Blurred.Sha256, 900)).ThenRefused("alert.clip-erased");
        Decider.Given(Raised, ClipTold, BlurTold, BlurKept, blurErased).When(new KeepClip(Hash, 1000)).ThenRefused("alert.clip-erased");
        Decider.Given(Raised, ClipTold, BlurTold, Kept, BlurKept, erased, blurErased).When(new EraseClip()).ThenNothing();
    }

    [Fact]
    public void What_was_held_back_can_be_taken_from_there()
    {
        Decider.Given(Raised, Held).When(new Show(Inc, Other, Noon)).Then(Shown with { By = Other });
        Decider.Given(Raised, Shown).When(new Show(Inc, Other, Noon)).ThenNothing();
        Decider.Given(Raised).When(new Show(Inc, Other, Noon)).ThenRefused("alert.not-held-back");
    }

    [Fact]
    public void What_a_person_said_of_it_names_the_version_of_the_model()
    {
        var wrong = new AlertJudgement(false, RejectReason.Dance);
        var judged = new AlertEvent.Judged(Id, Venue, AlertKind.Fight, Noon, Hash, 0.6, null, wrong);
        Decider.Given(Raised).When(new Judge(wrong)).Then(judged);
        Decider.Given(Raised, judged).When(new Judge(null)).Then(judged with { Was = wrong, Now = null });
        Decider.Given(Raised).When(new Judge(null)).ThenNothing();
    }

    [Fact] public void Nobody_judges_what_nobody_raised() => Decider.Given().When(new Judge(null)).ThenRefused("alert.unknown");
}
