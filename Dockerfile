# One image with the program alone; courses are embedded, and can be mounted over.
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin habilis

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/habilis habilis \
    && install --directory --owner habilis --mode 0700 /var/lib/habilis/data
COPY --from=build /src/target/release/habilis /usr/local/bin/habilis
USER habilis
WORKDIR /var/lib/habilis
# Told to stop, it is not ready for five seconds before it takes no more requests, so that whoever balances the load can see
# it. What stops it waits for HABILIS_LEAVING_SECONDS and HABILIS_SHUTDOWN_SECONDS together at the longest: 25 seconds.
ENV HABILIS_DATA_DIR=/var/lib/habilis/data HABILIS_LISTEN=0.0.0.0:8080 HABILIS_LEAVING_SECONDS=5
EXPOSE 8080
# The embedded database and its key, where no DATABASE_URL is set: they outlive the container.
VOLUME /var/lib/habilis/data
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 CMD ["habilis", "ready"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["habilis"]
CMD ["serve"]
