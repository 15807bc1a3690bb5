using Compliance.Domain.Devices;

namespace Compliance.Domain.Tests.Devices;

public sealed class DetailTests
{
    [Fact]
    public void A_reason_and_its_figures_are_read_back()
    {
        var read = Detail.Read(Detail.And(Detail.Of(Reason.FramesLow, 7.5, 25.0), Detail.Of(Reason.AnswerUnreadable, "no m=  line")))!;
        Assert.Equal(("FramesLow 7.5 25; AnswerUnreadable no-m=-line", Reason.FramesLow, Reason.AnswerUnreadable),
            (Detail.And(Detail.Of(Reason.FramesLow, 7.5, 25.0), Detail.Of(Reason.AnswerUnreadable, "no m=  line")), read[0].Reason, read[1].Reason));
        Assert.Equal(["7.5", "25"], read[0].Figures);
        Assert.Equal(["no-m=-line"], read[1].Figures);
    }

    [Fact]
    public void Of_two_details_an_empty_one_is_not_said() =>
        Assert.Equal("HealthyMedia", Detail.And("", Detail.Of(Reason.HealthyMedia)));

    [Theory, InlineData(""), InlineData("crates stand in front of the exit"), InlineData("8"), InlineData("ReasonOfTomorrow 4"), InlineData("HealthyMedia; and more")]
    public void What_a_person_remarked_and_what_is_not_known_reads_as_itself(string text) => Assert.Null(Detail.Read(text));
}
