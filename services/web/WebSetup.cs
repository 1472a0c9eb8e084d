using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace NetwerkRegie.Web;

/// <summary>What every HTTP surface shares: actors, refusals, headers, documentation. Follows the NLgov API Design Rules.</summary>
public static class WebSetup
{
    /// <summary>Version of the API, in the header <c>API-Version</c>.</summary>
    public const string ApiVersion = "1.0.0";

    public static IServiceCollection AddWeb(this IServiceCollection services, TokenIssuer issuer, string title)
    {
        services.AddSingleton(issuer);
        services.AddProblemDetails();
        services.AddExceptionHandler<Problemen>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.Converters.Add(new UtcConverter());
        });
        services.AddAuthentication(TokenAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        // What is not explicitly allowed is refused: a route without Voor(…) is closed to everyone. An address that is no route is just not found.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint).Build());
        services.AddApiDocument(title);
        return services;
    }

    public static void UseWeb(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // At the last moment: the exception handler clears what was set before.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers["API-Version"] = ApiVersion;
                // A page of our own says itself what it needs.
                if (headers.CacheControl.Count == 0)
                    headers.CacheControl = "no-store";
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = "frame-ancestors 'none'";
                headers.StrictTransportSecurity = "max-age=31536000";
                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages(async page =>
        {
            var response = page.HttpContext.Response;
            var (title, detail) = response.StatusCode switch
            {
                404 => ("Niet gevonden", "Dit adres bestaat niet."),
                405 => ("Niet toegestaan", "Deze handeling bestaat niet op dit adres."),
                415 => ("Verkeerd type", "Stuur de inhoud als application/json."),
                _ => ("Geweigerd", "De aanvraag is niet te verwerken."),
            };
            await response.WriteAsJsonAsync(Problemen.Problem(response.StatusCode, title, detail), options: null, contentType: "application/problem+json");
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi("/v1/openapi.json").AllowAnonymous();
    }

    /// <summary>Opens a route for these roles, and for nobody else.</summary>
    public static TBuilder Voor<TBuilder>(this TBuilder route, params Rol[] rollen)
        where TBuilder : IEndpointConventionBuilder =>
        route.RequireAuthorization(policy => policy.RequireClaim(Actor.RolClaim, rollen.SelectMany(rol => new[] { rol.Naam(), rol.ToString() })));

    /// <summary>Instants come in with any offset and go out in UTC.</summary>
    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}

/// <summary>Een lijst, met een verwijzing naar het vervolg als er meer is.</summary>
public sealed record Lijst<T>(IReadOnlyList<T> Items, string? Volgende = null);
