using System.Net.Security;
using System.Security.Authentication;
using CodeInterpreter.ServiceDefaults.Hosting;
using CodeInterpreter.ServiceDefaults.Settings;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodeInterpreter.ServiceDefaults.Messaging;

/// <summary>How a host joins the message bus.</summary>
public static class BusExtensions
{
    /// <summary>
    /// Registers the bus with the consumers that <paramref name="addConsumers"/> names. All services of one process share
    /// one bus, so a host calls this once, after its services: the bus then stops before them. The names of queues of this process alone
    /// begin with <paramref name="role"/>, by which the broker knows who may use them.
    /// </summary>
    public static WebApplicationBuilder AddMessageBus(
        this WebApplicationBuilder builder,
        string role,
        Action<IBusRegistrationConfigurator> addConsumers
    )
    {
        builder.Services.AddSettings<MessageBusOptions>(MessageBusOptions.Section).ValidateOnStart();
        builder
            .Services.AddOptions<MassTransitHostOptions>()
            .Configure(options =>
            {
                // Without its broker a service is not ready; it need not be dead.
                options.WaitUntilStarted = false;
                options.ConsumerStopTimeout = ShutdownTimeouts.Consumers;
                options.StopTimeout = ShutdownTimeouts.Bus;
            });

        var bus = OptionsOf(builder.Configuration);
        builder.Services.AddMassTransit(configurator =>
        {
            configurator.DisableUsageTelemetry();
            configurator.SetKebabCaseEndpointNameFormatter();
            configurator.ConfigureHealthCheckOptions(health => health.Tags.Add(ServiceHosting.ReadyTag));
            configurator.AddSendObserver<BrokerRefusal.Observer>();
            addConsumers(configurator);
            if (bus.Transport == MessageBusTransport.InMemory)
                configurator.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
            else
                configurator.UsingRabbitMq(
                    (context, rabbit) => ConfigureRabbitMq(rabbit, context, bus.RabbitMq, builder.Environment.ApplicationName, role)
                );
        });
        return builder;
    }

    /// <summary>Whether the bus is in the memory of this process, so that no other process is on it.</summary>
    public static bool UsesMessageBusInMemory(this IConfiguration configuration) =>
        OptionsOf(configuration).Transport == MessageBusTransport.InMemory;

    private static MessageBusOptions OptionsOf(IConfiguration configuration) =>
        configuration.ReadSettings<MessageBusOptions>(MessageBusOptions.Section);

    private static void ConfigureRabbitMq(
        IRabbitMqBusFactoryConfigurator rabbit,
        IBusRegistrationContext context,
        Uri broker,
        string connectionName,
        string role
    )
    {
        rabbit.Host(
            broker,
            connectionName,
            host =>
            {
                host.PublisherConfirmation = true;
                if (broker.Scheme == "amqps")
                    host.UseSsl(tls => Authenticate(tls, broker.Host));
            }
        );
        rabbit.OverrideDefaultBusEndpointQueueName($"{role}-{Guid.NewGuid():N}-answers");
        // Plain AMQP clients send plain JSON; docs/messages.md has the form.
        rabbit.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: false);
        rabbit.ConfigureEndpoints(context);
    }

    private static void Authenticate(IRabbitMqSslConfigurator tls, string host)
    {
        // By default the library offers a version of TLS that brokers no longer accept. None lets the operating system choose.
        (tls.Protocol, tls.ServerName) = (SslProtocols.None, host);
        // By default it accepts certificates of unknown authorities.
        tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch);
    }
}
