using System.Text;
using Compliance.Domain.Models;

namespace Compliance.Domain.Tests.Models;

public sealed class TreeFileSpecs
{
    /// <summary>One number, ranked by its own 33 points; one known window, which says nothing.</summary>
    static readonly string Ranks = $"[[{string.Join(',', Enumerable.Range(0, Likeness.Points))}]]";

    static TreeReading Read(string likeness) => TreeFile.Read(Encoding.UTF8.GetBytes(
        $$"""{"format":"compliance.fights.v2","threshold":0.5,"start":0,"features":["a"],"trees":[[[0]]],"operatingPoints":[],"checks":[{"numbers":[1],"score":0.5}],"likeness":{{likeness}}}"""), ["a"]);

    [Fact]
    public void A_whole_file_is_read() => Assert.NotNull(Read($$"""{"width":1,"start":0,"ranks":{{Ranks}},"known":["AA=="],"weights":[0]}""").File);

    public static TheoryData<string> NotWhole =>
    [
        """{"width":1,"start":0,"ranks":[null],"known":["AA=="],"weights":[0]}""",
        $$"""{"width":1,"start":0,"ranks":{{Ranks}},"known":[null],"weights":[0]}""",
        $$"""{"width":1,"start":0,"ranks":{{Ranks}},"known":["AA==","AA=="],"weights":[0]}""",
        $$"""{"width":1,"start":0,"ranks":{{Ranks}},"known":["AA=="],"weights":null}""",
        "null",
    ];

    [Theory, MemberData(nameof(NotWhole))]
    public void One_that_lacks_something_is_unreadable_and_breaks_nothing(string likeness) => Assert.Equal(TreeFault.Unreadable, Read(likeness).Fault);
}
