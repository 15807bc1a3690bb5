using System.Text;
using Compliance.Domain.Contacts;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch.Contacts;
using CsCheck;

namespace Compliance.Probe.Tests.Contacts;

/// <summary>What of a contact's messages is believed, and when its silence means that nobody knows.</summary>
public sealed class ContactTests
{
    static readonly DateTimeOffset Now = new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero);
    static readonly Guid Door = new(1, 0, 0, new byte[8]);

    [Theory]
    [InlineData("""{"state":"free","seq":7,"at":"2026-06-01T22:00:00Z"}""", ContactState.Free)]
    [InlineData("""{"seq":7,"state":"locked","battery":88}""", ContactState.Locked)]
    [InlineData("""{"state":"offline"}""", ContactState.Silent)]
    public void A_message_is_read(string json, ContactState state) => Assert.Equal(state, ContactMessage.Read(Encoding.UTF8.GetBytes(json))!.State);

    [Theory]
    [InlineData("""{"state":"open","seq":7}""")]
    [InlineData("""{"state":"free","seq":-1}""")]
    [InlineData("""{"state":"free","seq":"7"}""")]
    [InlineData("""{"state":"free","seq":4294967296}""")]
    [InlineData("""[{"state":"free","seq":7}]""")]
    [InlineData("""{"state":"free","seq":7""")]
    [InlineData("")]
    public void What_is_not_one_is_none(string json) => Assert.Null(ContactMessage.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void An_older_number_is_passed_over_and_a_sensor_that_begins_anew_is_not()
    {
        var ear = new ContactEar();
        Assert.Equal([ContactState.Free, null, null, ContactState.Free, ContactState.Free],
            ((uint[])[7, 7, 6, 8, 1]).Select(n => ear.Hear(new(ContactState.Free, n, null), false, Now)));
    }

    [Fact]
    public void A_kept_message_without_a_time_or_with_an_old_one_says_nothing()
    {
        DateTimeOffset?[] times = [null, Now.AddSeconds(-91), Now.AddMinutes(1), Now.AddSeconds(-30)];
        Assert.Equal([null, null, null, ContactState.Locked], times.Select(at => new ContactEar().Hear(new(ContactState.Locked, 9, at), true, Now)));
        Assert.Null(new ContactEar().Hear(new(ContactState.Silent, 0, null), true, Now));
    }

    [Fact]
    public void Three_signs_of_life_that_do_not_come_are_silence_since_the_last()
    {
        var held = ContactJudge.Hear(ContactHeld.Begin(Now), new(Door, ContactState.Free, Now));
        held = ContactJudge.Hear(held, new(Door, ContactState.Free, Now.AddSeconds(30)));
        Assert.Equal(new(ContactState.Free, Now, Now.AddSeconds(30)), ContactJudge.Pass(held, Now.AddSeconds(119)));
        Assert.Equal(new(ContactState.Silent, Now.AddSeconds(30), Now.AddSeconds(30)), ContactJudge.Pass(held, Now.AddSeconds(120)));
    }

    [Fact]
    public void It_turns_when_it_is_read_and_the_last_will_is_silence_since_it_was_heard()
    {
        var held = ContactJudge.Hear(ContactJudge.Hear(ContactHeld.Begin(Now), new(Door, ContactState.Free, Now)), new(Door, ContactState.Locked, Now.AddSeconds(9)));
        Assert.Equal((ContactState.Locked, Now.AddSeconds(9)), (held.State, held.Since));
        held = ContactJudge.Hear(held, new(Door, ContactState.Silent, Now.AddSeconds(20)));
        Assert.Equal((ContactState.Silent, Now.AddSeconds(9)), (held.State, held.Since));
    }

    [Fact]
    public void Whatever_bytes_a_broker_sends_nothing_breaks() => Gen.Select(Gen.Bool, Gen.Int[0, 60], Gen.Select(Gen.Int[0, 60], Gen.Byte).Array[0, 4], Gen.Byte.Array[0, 40]).Sample(
        (isSeeded, cut, changes, noise) =>
        {
            byte[] payload = [.. isSeeded ? """{"state":"free","seq":7,"at":"2026-06-01T22:00:00Z"}"""u8.ToArray().Take(cut) : [], .. noise];
            foreach (var (at, value) in changes)
                if (payload.Length > 0) payload[at % payload.Length] = value;
            if (ContactMessage.Read(payload) is { } said) new ContactEar().Hear(said, false, Now);
        },
        iter: Fuzz.Inputs);
}
