import sharp from 'sharp';

/** Draws a picture in the colour of the user. */
export const handler = async ({ user }) => {
  const background = `#${Buffer.from(user).toString('hex').slice(0, 6)}`;
  const picture = await sharp({ create: { width: 200, height: 200, channels: 3, background } }).resize(20).png().toBuffer();
  const { data: [r, g, b] } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  return { user, colour: Buffer.from([r, g, b]).toString() };
};
