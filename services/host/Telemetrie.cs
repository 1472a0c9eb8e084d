using System.Diagnostics;
using NetwerkRegie.Messaging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace NetwerkRegie.Host;

/// <summary>Sends spans, figures and log lines to a collector that speaks OTLP, if one is set; else nobody listens and nothing is made.</summary>
internal static class Telemetrie
{
    // The name by which every OpenTelemetry program knows it; the other OTEL_ variables are read by the library itself.
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    static Telemetrie() => AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);

    public static void AddTelemetrie(this WebApplicationBuilder builder, Settings settings)
    {
        if (settings.Otlp is null && builder.Configuration[Endpoint] is null or "")
            return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(string.Join('-', settings.Namen), serviceNamespace: "netwerkregie", serviceVersion: Web.WebSetup.ApiVersion))
            .WithTracing(tracing => tracing.AddSource(Telemetry.Name, "Microsoft.AspNetCore", "System.Net.Http").AddProcessor(new ZonderPeilingen()))
            .WithMetrics(metrics => metrics.AddMeter(Telemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"))
            .WithLogging();
        if (settings.Otlp is { } address)
            telemetry.UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, address);
        else
            telemetry.UseOtlpExporter();
    }

    /// <summary>Who asks every few seconds whether we are well is not followed.</summary>
    private sealed class ZonderPeilingen : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.GetTagItem("url.path") is "/gezond" or "/leeft")
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
