using Compliance.Probe.Look;

namespace Compliance.Probe.Tests.Look;

public sealed class DecoderTests
{
    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task No_more_is_read_than_was_asked_for(int length, bool isTaken)
    {
        using var stream = new MemoryStream(new byte[length]);
        Assert.Equal(isTaken ? length : null, (await Decoder.ReadAtMost(stream, 100_000, TestContext.Current.CancellationToken))?.Length);
    }
}
