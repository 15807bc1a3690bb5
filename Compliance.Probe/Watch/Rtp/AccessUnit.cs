using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>One complete coded picture as Annex B bytes; a keyframe begins with its parameter sets and can be decoded alone.</summary>
/// <param name="Timestamp">RTP ticks, 90 000 a second.</param>
internal sealed record AccessUnit(VideoCodec Codec, bool Keyframe, uint Timestamp, DateTimeOffset At, ReadOnlyMemory<byte> AnnexB);
