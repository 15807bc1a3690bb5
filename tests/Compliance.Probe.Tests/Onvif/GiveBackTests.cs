using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>What a challenge borrowed of a camera's overlay and could not give back: whose it is, and when it is done.</summary>
public sealed class GiveBackTests : IAsyncLifetime
{
    const string Digits = "3817406295";
    static readonly OnvifFaults Unseen = new() { TextsUnseen = true };

    readonly List<BorrowedText?> _kept = [];
    readonly Decoder _decoder = new(new(), TimeProvider.System);
    SimulatedDevice _device = null!;
    OnvifCamera _camera = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _device = await SimulatedDevice.Start(new() { Stream = Device.Stream, Login = Device.Police, Texts = new(ClipCache.Shared, "bar") });
        _device.Faults = Unseen;
        _camera = await OnvifCamera.Meet(_device.Target(), Device.Means(TimeSpan.FromSeconds(3)), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _decoder.Dispose();
    }

    [Fact]
    public async Task A_text_whose_token_was_never_heard_is_known_by_what_it_reads_and_no_other_is_touched()
    {
        await Orphan();
        await _camera.Create("vsc0", "9876543210", Ct);
        await GiveBack(new() { Written = [Digits, "0123456789"] });
        Assert.Equal(["04", "9876543210"], _device.Texts.Values.Order(StringComparer.Ordinal));
        Assert.Null(Assert.Single(_kept));
    }

    [Fact]
    public async Task What_was_written_into_its_place_since_then_is_its_owners()
    {
        var there = (await _camera.Texts(null, Ct)).Single();
        await GiveBack(new() { Written = [Digits], Token = there.Token, Before = there.Whole.ToString().Replace("04", "07", StringComparison.Ordinal) });
        await GiveBack(new() { Written = [Digits], Token = there.Token });
        Assert.Equal(["04"], _device.Texts.Values);
        Assert.All(_kept, Assert.Null);
    }

    [Theory, InlineData(Failing.Lost), InlineData(Failing.DoneAndLost), InlineData(Failing.Silent)]
    public async Task A_camera_that_does_not_answer_is_asked_again_until_the_owner_has_his_text(Failing failing)
    {
        var lent = await Lent();
        _device.Faults = Unseen with { Operations = new Dictionary<string, Failing> { ["SetOSD"] = failing } };
        await GiveBack(lent);
        Assert.Equal(lent.InVain(), Assert.Single(_kept));
        _device.Faults = Unseen;
        await GiveBack(_kept[0]!);
        Assert.Equal(["04"], _device.Texts.Values);
        Assert.Null(_kept[1]);
    }

    [Theory, InlineData("DeleteOSD", false), InlineData("SetOSD", true)]
    public async Task What_a_camera_says_no_to_is_done(string operation, bool ofTheOwner)
    {
        var left = ofTheOwner ? await Lent() : await Orphan();
        _device.Faults = Unseen with { Operations = new Dictionary<string, Failing> { [operation] = Failing.Refused } };
        await GiveBack(left);
        Assert.Null(Assert.Single(_kept));
        Assert.Contains(operation, _device.Asked);
    }

    [Fact]
    public async Task A_record_of_before_digits_were_kept_goes_by_its_token()
    {
        await Orphan();
        await GiveBack(new() { Token = "osd1" });
        Assert.Equal(["04"], _device.Texts.Values);
    }

    /// <summary>Ours stands in the owner's place.</summary>
    async Task<BorrowedText> Lent()
    {
        var there = (await _camera.Texts("vsc0", Ct)).Single();
        await _camera.Rewrite(there.Token, "vsc0", Digits, Ct);
        return new() { Written = [Digits], Token = there.Token, Before = there.Whole.ToString() };
    }

    /// <summary>Ours stands beside the owner's, and the answer with its token was lost.</summary>
    async Task<BorrowedText> Orphan()
    {
        await _camera.Create("vsc0", Digits, Ct);
        return new() { Written = [Digits] };
    }

    Task GiveBack(BorrowedText left) => new OverlayChallenge(_decoder, new(), TimeProvider.System).GiveBack(_camera, "vsc0", left, _kept.Add);
}
