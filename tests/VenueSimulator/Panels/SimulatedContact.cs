using System.Globalization;
using MQTTnet;
using MQTTnet.Protocol;

namespace VenueSimulator.Panels;

/// <summary>The contact of an exit that speaks MQTT: retained state, a number that grows, a last will.</summary>
internal sealed class SimulatedContact(string topic, Action<MqttClientOptionsBuilder> broker) : IAsyncDisposable
{
    private readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();

    public uint Sequence { get; set; }

    public Task Connect(CancellationToken ct)
    {
        var means = new MqttClientOptionsBuilder().WithClientId($"contact-{Guid.NewGuid():N}")
            .WithWillTopic(topic).WithWillPayload("""{"state":"offline"}""").WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        broker(means);
        return client.ConnectAsync(means.Build(), ct);
    }

    /// <param name="at">By its own clock; null for a sensor without one.</param>
    public Task Say(string state, CancellationToken ct, DateTimeOffset? at = null) =>
        Publish(string.Create(CultureInfo.InvariantCulture, $"{{\"state\":\"{state}\",\"seq\":{++Sequence}{(at is { } instant ? $",\"at\":\"{instant:O}\"" : "")}}}"), ct);

    public Task Publish(string payload, CancellationToken ct) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithRetainFlag().WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), ct);

    /// <summary>Its plug is pulled: the broker speaks its last will.</summary>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
