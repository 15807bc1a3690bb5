using System.IO.Pipelines;
using Compliance.Web.Shell;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Web.Tests;

/// <summary>A line that goes dead without a word is noticed, one on which somebody speaks now and then is not given up.</summary>
public sealed class ImpatientStreamTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly FakeTimeProvider clock = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_silent_for_too_long_breaks()
    {
        var pipe = new Pipe();
        await using var line = new ImpatientStream(pipe.Reader.AsStream(), Patience, clock);
        await pipe.Writer.WriteAsync("here"u8.ToArray(), Ct);
        await line.ReadExactlyAsync(new byte[4], Ct);
        var read = line.ReadExactlyAsync(new byte[1], Ct).AsTask();
        clock.Advance(Patience + TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<IOException>(() => read);
    }

    [Fact]
    public async Task On_what_somebody_speaks_again_before_patience_ends_it_is_listened_to_for_as_long_as_that_goes_on()
    {
        var pipe = new Pipe();
        await using var line = new ImpatientStream(pipe.Reader.AsStream(), Patience, clock);
        for (var word = (byte)1; word <= 4; word++)
        {
            var heard = new byte[1];
            var read = line.ReadExactlyAsync(heard, Ct).AsTask();
            clock.Advance(Patience - TimeSpan.FromSeconds(1));
            Assert.False(read.IsCompleted);
            await pipe.Writer.WriteAsync(new[] { word }, Ct);
            await read;
            Assert.Equal(word, heard[0]);
        }
    }

    [Fact]
    public async Task Whoever_leaves_is_not_told_of_silence()
    {
        await using var line = new ImpatientStream(new Pipe().Reader.AsStream(), Patience, clock);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var read = line.ReadExactlyAsync(new byte[1], leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }
}
