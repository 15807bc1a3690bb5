using System.IO.Pipelines;
using Compliance.Web.Shell;

namespace Compliance.Web.Tests;

/// <summary>A line that goes dead without a word is noticed, one on which somebody speaks now and then is not given up.</summary>
public sealed class ImpatientStreamTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_silent_for_too_long_breaks()
    {
        var pipe = new Pipe();
        await using var line = new ImpatientStream(pipe.Reader.AsStream(), TimeSpan.FromMilliseconds(200));
        await pipe.Writer.WriteAsync("here"u8.ToArray(), Ct);
        await line.ReadExactlyAsync(new byte[4], Ct);
        await Assert.ThrowsAsync<IOException>(async () => await line.ReadExactlyAsync(new byte[1], Ct));
    }

    [Fact]
    public async Task Whoever_leaves_is_not_told_of_silence()
    {
        await using var line = new ImpatientStream(new Pipe().Reader.AsStream(), TimeSpan.FromMinutes(5));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var read = line.ReadExactlyAsync(new byte[1], leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }
}
