using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Recordings;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Recordings;

public sealed class RecordingListTests
{
    static readonly RecordedFile A = new("ch1/a.mp4", new('a', 64)), B = new("ch1/b.mp4", new('b', 64)), C = new("ch1/c.mp4", new('c', 64));

    static byte[] Leaf(RecordedFile file) => SHA256.HashData([0, .. Encoding.UTF8.GetBytes($"{file.Sha256}  {file.Path}")]);

    static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    /// <summary>Computed from RFC 9162, section 2.1.1, without the code.</summary>
    [Fact]
    public void The_head_is_that_of_the_lines_in_the_order_of_their_paths()
    {
        Assert.Equal(Node(Node(Leaf(A), Leaf(B)), Leaf(C)), RecordingList.Root([C, A, B]).ToArray());
        Assert.Equal(Leaf(A), RecordingList.Root([A]).ToArray());
        Assert.Equal(SHA256.HashData([]), RecordingList.Root([]).ToArray());
    }

    [Theory]
    [InlineData("plain name.mp4")]
    [InlineData("back\\slash\nand line.mp4")]
    [InlineData("қазақша/бейне.mp4")]
    public void A_list_is_read_as_it_was_written(string path)
    {
        RecordedFile[] files = [new(path, new('d', 64))];
        Assert.Equal(files, RecordingList.Parse(RecordingList.Text(files)));
    }

    [Theory]
    [InlineData("abc  short.mp4\n")]
    [InlineData("\\\n")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ  a.mp4\n")]
    public void What_is_no_list_is_none(string text) => Assert.Null(RecordingList.Parse(text));

    [Fact]
    public void A_file_closed_a_little_late_belongs_to_the_hour_before()
    {
        Assert.Equal(Noon.AddHours(-1), RecordingList.HourOf(Noon.AddSeconds(3)));
        Assert.Equal(Noon, RecordingList.HourOf(Noon.AddMinutes(5)));
    }
}
